#include "engine/audit.hpp"

#include <algorithm>
#include <string_view>

#include "segment/types/timestamp.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

bool changes_more_than_settings(const Json& body) {
  return std::ranges::any_of(body.as_object(), [](const Json::Member& member) {
    return member.name != "settings" && member.name != "enabled";
  });
}

// For an update the description lists every possible event; any other event always happens.
bool happened(std::string_view event, const Call& call) {
  const Touched& touched = *call.touched;
  const bool before = touched.was_enabled.value_or(false);
  const bool now = touched.is_enabled.value_or(before);
  if (event.ends_with(" Enabled")) return !before && now;
  if (event.ends_with(" Disabled")) return before && !now;
  if (call.operation.audit_events.size() == 1) return true;
  if (event.ends_with(" Settings Modified")) return call.body.contains("settings");
  if (event.ends_with(" Modified")) return changes_more_than_settings(call.body);
  return true;
}

}  // namespace

void write_audit_trail(Call& call) {
  if (!call.touched) return;
  for (const std::string_view event : call.operation.audit_events) {
    if (!happened(event, call)) continue;
    const std::string id = call.world.ids().next("audit event");
    call.world.collection(names::audit_events)
        .put(id, Json::object({{"id", id},
                               {"timestamp", Timestamp(call.now).text()},
                               {"type", event},
                               {"actor", "token:sandbox"},
                               {"resourceId", call.touched->id},
                               {"resourceType", call.touched->type},
                               {"resourceName", call.touched->name}}));
  }
  call.world.collection(names::audit_events).keep_newest(call.options.max_audit_events);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
