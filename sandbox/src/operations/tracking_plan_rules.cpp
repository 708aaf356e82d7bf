#include <algorithm>
#include <string>
#include <utility>

#include "operations/json_schema.hpp"
#include "operations/registry.hpp"
#include "operations/tracking_plans.hpp"
#include "segment/types/timestamp.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// Two rules are the same if all of these match; an omitted name is an empty one.
struct RuleKey {
  std::string type;
  std::string key;
  std::int64_t version;

  bool operator==(const RuleKey&) const = default;
};

RuleKey rule_key(const Json& rule) {
  const Json* key = rule.find("key");
  return {.type = rule.at("type").as_string(),
          .key = key != nullptr ? key->as_string() : std::string(),
          .version = rule.at("version").as_integer()};
}

Json* find_rule(Json::Array& rules, const RuleKey& wanted) {
  const auto found = std::ranges::find(rules, wanted, rule_key);
  return found != rules.end() ? &*found : nullptr;
}

Json rules_of(Call& call) {
  kept(call, tracking_plan_resource);
  const Json* rules = call.world.collection(names::tracking_plan_rules).find(call.path.front());
  return rules != nullptr ? *rules : Json::array();
}

// Only after the whole call has been checked: it is carried out as a whole or not at all.
Json keep_rules(Call& call, Json rules) {
  call.world.collection(names::tracking_plan_rules).put(call.path.front(), std::move(rules));
  touch_plan(call, kept(call, tracking_plan_resource));
  return {};
}

std::string field(std::size_t place) { return "rules." + std::to_string(place); }

// Checks that apply to every call about rules: the length of the list, and each rule in it.
void check_rule_list(const Call& call, const Json::Array& rules) {
  const std::size_t most = call.options.max_rules;
  if (rules.size() > most) {
    throw invalid(
        "rules", "\"rules\" must contain less than or equal to " + std::to_string(most) + " items");
  }
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const Json* schema = rules[i].find("jsonSchema");
    if (schema != nullptr && !schema->is_null()) {
      check_json_schema(*schema, field(i) + ".jsonSchema");
    }
  }
}

// Regardless of how few would replace them.
void check_that_replacing_is_allowed(const Call& call, const Json& held) {
  const std::size_t most = call.options.max_rules;
  if (held.size() <= most) return;
  throw refuse(400, "bad-request",
               "Can not replace more than " + std::to_string(most) +
                   " existing rules in the tracking plan. Please use DELETE and PATCH methods.");
}

Json new_rule(const Call& call, const Json& input) {
  Json rule = Json::object();
  for (const char* member : {"type", "key", "jsonSchema", "version"}) {
    if (const Json* given = input.find(member)) rule[member] = *given;
  }
  rule["createdAt"] = Timestamp(call.now).text();
  rule["updatedAt"] = Timestamp(call.now).text();
  return rule;
}

Json list_rules(Call& call) { return page(call, rules_of(call).as_array()); }

Json replace_rules(Call& call) {
  check_that_replacing_is_allowed(call, rules_of(call));
  Json rules = Json::array();
  const auto& inputs = call.body.at("rules").as_array();
  check_rule_list(call, inputs);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (find_rule(rules.as_array(), rule_key(inputs[i])) != nullptr) {
      throw invalid(field(i), "occurs twice");
    }
    rules.push_back(new_rule(call, inputs[i]));
  }
  return keep_rules(call, std::move(rules));
}

void rename_rule(Json::Array& rules, std::size_t place, const Json& input, Json& rule) {
  const Json* key = input.find("newKey");
  if (key == nullptr) return;
  RuleKey wanted = rule_key(rule);
  wanted.key = key->as_string();
  const Json* taken = find_rule(rules, wanted);
  if (taken != nullptr && taken != &rule) {
    throw invalid(field(place) + ".newKey", "is the name of another rule");
  }
  rule["key"] = *key;
}

Json update_rules(Call& call) {
  Json rules = rules_of(call);
  const auto& inputs = call.body.at("rules").as_array();
  check_rule_list(call, inputs);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    Json* rule = find_rule(rules.as_array(), rule_key(inputs[i]));
    if (rule == nullptr) {
      rules.push_back(new_rule(call, inputs[i]));
      rule = &rules.as_array().back();
    } else {
      if (const Json* schema = inputs[i].find("jsonSchema")) (*rule)["jsonSchema"] = *schema;
      (*rule)["updatedAt"] = Timestamp(call.now).text();
    }
    rename_rule(rules.as_array(), i, inputs[i], *rule);
  }
  return keep_rules(call, std::move(rules));
}

Json remove_rules(Call& call) {
  Json rules = rules_of(call);
  check_rule_list(call, call.query.at("rules").as_array());
  for (const Json& wanted : call.query.at("rules").as_array()) {
    const RuleKey key = rule_key(wanted);
    const auto gone = [&](const Json& rule) { return rule_key(rule) == key; };
    if (std::erase_if(rules.as_array(), gone) == 0) throw not_found("rule");
  }
  return keep_rules(call, std::move(rules));
}

}  // namespace

void add_tracking_plan_rules(Handlers& handlers) {
  handlers["listRulesFromTrackingPlan"] = list_rules;
  handlers["replaceRulesInTrackingPlan"] = replace_rules;
  handlers["updateRulesInTrackingPlan"] = update_rules;
  handlers["removeRulesFromTrackingPlan"] = remove_rules;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
