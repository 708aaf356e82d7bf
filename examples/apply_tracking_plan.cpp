// Applies a tracking plan out of a file: makes the plan where it is missing, puts its rules in the
// place of those that are there, and reports what that changed.
//
//     apply_tracking_plan [FILE] [--live]

#include <segment/segment.hpp>

#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connect.hpp"

namespace {

using Rules = std::map<std::string, segment::Json>;  // JSON schema by type, key and version

std::string name_of(const segment::TrackingPlanRuleType& type,
                    const std::optional<std::string>& key, std::int64_t version) {
  const std::string of = key.value_or("").empty() ? "(every)" : *key;
  return std::string(type.text()) + " " + of + " v" + std::to_string(version);
}

struct Plan {
  std::string name;
  std::vector<segment::TrackingPlanRuleInput> rules;
};

// Strictly, so that no rule loses its schema to a typing error.
Plan read_plan(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file);
  segment::Json json = segment::Json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
  std::string name = json.at("name").as_string();
  json.erase("name");
  const auto body = segment::from_json_strict<segment::ReplaceTrackingPlanRules>(json);
  return {.name = std::move(name), .rules = body.rules};
}

segment::TrackingPlan find_or_create(const segment::Client& client, const std::string& name) {
  for (const segment::TrackingPlan& plan : client.tracking_plans().list()) {
    if (plan.name == name) return plan;
  }
  std::cout << "the plan \"" << name << "\" is new\n";
  return client.tracking_plans().create({.name = name, .type = segment::TrackingPlanType::live});
}

Rules rules_of(const segment::Client& client, const segment::TrackingPlanId& plan) {
  Rules rules;
  for (const segment::TrackingPlanRule& rule : client.tracking_plans().list_rules(plan)) {
    rules[name_of(rule.type, rule.key, rule.version)] = rule.json_schema.value_or(segment::Json());
  }
  return rules;
}

void report(const Rules& before, const Rules& after) {
  for (const auto& [name, schema] : after) {
    const auto old = before.find(name);
    if (old == before.end()) {
      std::cout << "+ " << name << '\n';
    } else if (!(old->second == schema)) {
      std::cout << "~ " << name << '\n';
    }
  }
  for (const auto& name : before | std::views::keys) {
    if (!after.contains(name)) std::cout << "- " << name << '\n';
  }
  if (before == after) std::cout << "nothing changed\n";
}

void apply(const segment::Client& client, const Plan& wanted) {
  const auto plan = find_or_create(client, wanted.name);
  const Rules before = rules_of(client, plan.id);
  segment::replace_rules(client, plan.id, wanted.rules);  // however many there are
  report(before, rules_of(client, plan.id));
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());
  const bool named = argc > 1 && !std::string_view(argv[1]).starts_with("--");
  const Plan wanted = read_plan(named ? argv[1] : EXAMPLE_FOLDER "/tracking_plan.json");
  apply(client, wanted);
  std::cout << "and once more:\n";
  apply(client, wanted);
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
