// What has no id of its own, or goes many at a time.

#include <string>
#include <utility>
#include <vector>

#include "operations/catalog.hpp"
#include "reconcile/writer.hpp"
#include "segment/helpers/chunks.hpp"

namespace segment::cli::workspace {

namespace {

constexpr std::size_t rules_in_a_body = 200;  // the most that the API is known to take
constexpr std::size_t items_in_a_url = 50;

// The error of the call that failed says more than that some came before it.
template <class Action>
void in_pieces(const std::vector<Json>& items, std::size_t size, Action action) {
  try {
    in_chunks(items, size, [&](std::span<const Json> some) {
      action(Json(Json::Array(some.begin(), some.end())));
    });
  } catch (const ChunkError& error) {
    error.rethrow_cause();
  }
}

Json key_of_rule(const Json& members) {
  Json key = Json::object();
  for (const char* member : {"type", "key", "version"}) {
    if (const Json* value = members.find(member)) key[member] = *value;
  }
  return key;
}

}  // namespace

// Nothing of it can be changed.
void Writer::write_label(const Step& step) {
  if (step.action == Action::create) {
    call_("createLabel", Json::object({{"body", Json::object({{"label", step.wanted->members}})}}));
  } else if (step.action == Action::remove) {
    const Json& label = step.present->members;
    call_("deleteLabel",
          Json::object(
              {{"path", Json::object({{"key", label.at("key")}, {"value", label.at("value")}})}}));
  }
}

void Writer::write_warehouse_connection(const Step& step) {
  const bool gone = step.action == Action::remove;
  const Json members = gone ? step.present->members : translated(*step.wanted);
  const Json path =
      Json::object({{"warehouseId", parent_of(step)}, {"sourceId", members.at("sourceId")}});
  call_(gone ? step.kind().remove : step.kind().create, Json::object({{"path", path}}));
}

// A source that is to have another plan has to leave its present one first.
void Writer::write_plan_connection(const Step& step) {
  if (step.present != nullptr) {
    const Json& present = step.present->members;
    call_(step.kind().remove,
          Json::object({{"path", Json::object({{"trackingPlanId", present.at("trackingPlanId")}})},
                        {"query", Json::object({{"sourceId", present.at("sourceId")}})}}));
  }
  if (step.wanted == nullptr) return;
  const Json wanted = translated(*step.wanted);
  call_(step.kind().create,
        Json::object({{"path", Json::object({{"trackingPlanId", wanted.at("trackingPlanId")}})},
                      {"body", Json::object({{"sourceId", wanted.at("sourceId")}})}}));
}

// A target of forwarding that is left out is switched off: what is to stay is sent along.
void Writer::write_schema_settings(const Step& step) {
  Json body = translated(*step.wanted);
  const Json source = body.at("sourceId");
  body.erase("sourceId");
  for (const char* target : {"forwardingViolationsTo", "forwardingBlockedEventsTo"}) {
    const Json* present = step.present != nullptr ? step.present->members.find(target) : nullptr;
    const bool is_to_go = wanted_.names_everything() && prune_;
    if (body.contains(target) || present == nullptr || is_to_go) continue;
    body[target] = *present;
  }
  call_(step.kind().update,
        Json::object({{"path", Json::object({{"sourceId", source}})}, {"body", body}}));
}

void Writer::write_rules(std::span<const Step* const> steps) {
  const Json path = Json::object({{"trackingPlanId", parent_of(*steps.front())}});
  const bool gone = steps.front()->action == Action::remove;
  std::vector<Json> rules;
  for (const Step* step : steps) {
    rules.push_back(gone ? key_of_rule(step->present->members) : step->wanted->members);
  }
  in_pieces(rules, gone ? items_in_a_url : rules_in_a_body, [&](Json some) {
    Json input = Json::object({{"path", path}});
    input[gone ? "query" : "body"] = Json::object({{"rules", std::move(some)}});
    call_(gone ? steps.front()->kind().remove : steps.front()->kind().update, input);
  });
}

void Writer::write_members(std::span<const Step* const> steps) {
  const Json path = Json::object({{"userGroupId", parent_of(*steps.front())}});
  const bool gone = steps.front()->action == Action::remove;
  std::vector<Json> emails;
  for (const Step* step : steps) {
    emails.push_back((gone ? step->present : step->wanted)->members.at("email"));
  }
  in_pieces(emails, items_in_a_url, [&](Json some) {
    Json input = Json::object({{"path", path}});
    input[gone ? "query" : "body"] = Json::object({{"emails", std::move(some)}});
    call_(gone ? steps.front()->kind().remove : steps.front()->kind().create, input);
  });
}

}  // namespace segment::cli::workspace
