// Things that have no id of their own, or that are written in batches.

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "operations/catalog.hpp"
#include "reconcile/writer.hpp"
#include "segment/helpers/chunks.hpp"

namespace segment::cli::workspace {

namespace {

constexpr std::size_t most_in_a_url = 50;

// The error of the call that failed says more than that others succeeded before it.
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

// A thing to delete is named by what identifies it, and a thing with one member is that member.
Json batch_item(const Step& step) {
  const Kind& kind = step.kind();
  const bool gone = step.action == Action::remove;
  const Json& members = (gone ? step.present : step.wanted)->members;
  if (kind.members.size() == 1) return members.at(kind.members.front().name);
  Json item = Json::object();
  for (const KindMember& member : kind.members) {
    const Json* value = members.find(member.name);
    if (value != nullptr && (!gone || member.is(identifies))) item[member.name] = *value;
  }
  return item;
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

// A source must be removed from its present plan before it can get another.
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

// A forwarding target that is left out is switched off, so the ones that stay are sent as well.
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

void Writer::write_batch(std::span<const Step* const> steps) {
  const Step& first = *steps.front();
  const Kind& kind = first.kind();
  const bool gone = first.action == Action::remove;
  const Operation& call = find_call(gone ? kind.remove : kind.create);
  const Json path = path_of(call, {parent_of(first)});
  std::vector<Json> items;
  for (const Step* step : steps) items.push_back(batch_item(*step));
  in_pieces(items, gone ? std::min(kind.batch_size, most_in_a_url) : kind.batch_size,
            [&](Json some) {
              Json input = Json::object({{"path", path}});
              input[gone ? "query" : "body"][kind.batch] = std::move(some);
              call_(call.id, input);
            });
}

}  // namespace segment::cli::workspace
