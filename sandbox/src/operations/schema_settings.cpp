#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "operations/registry.hpp"
#include "operations/resources.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

constexpr std::array<std::string_view, 3> call_types = {"track", "identify", "group"};
constexpr std::array<std::string_view, 2> targets = {"forwardingViolationsTo",
                                                     "forwardingBlockedEventsTo"};

// What a source starts with: everything is allowed.
Json permissive_settings() {
  const Json traits = Json::object({{"allowUnplannedTraits", true},
                                    {"allowTraitsOnViolations", true},
                                    {"commonEventOnViolations", "ALLOW"}});
  return Json::object({{"track", Json::object({{"allowUnplannedEvents", true},
                                               {"allowUnplannedEventProperties", true},
                                               {"allowEventOnViolations", true},
                                               {"allowPropertiesOnViolations", true},
                                               {"commonEventOnViolations", "ALLOW"}})},
                       {"identify", traits},
                       {"group", traits}});
}

Json& settings_of(Call& call, const std::string& source) {
  auto& all = call.world.collection(names::schema_settings);
  Json* settings = all.find(source);
  return settings != nullptr ? *settings : all.put(source, permissive_settings());
}

Json answer(const std::string& source, const Json& settings) {
  return Json::object({{"sourceId", source}, {"settings", settings}});
}

Json list_schema_settings(Call& call) {
  kept(call, source_resource);
  return answer(call.path.front(), settings_of(call, call.path.front()));
}

// They define what happens to events that are not in the tracking plan: without one they mean
// nothing.
void check_tracking_plan(Call& call) {
  for (const auto& [plan, source] : call.world.links(names::tracking_plan_sources)) {
    if (source == call.path.front()) return;
  }
  throw refuse(422, invalid_input, "The source is not connected to a tracking plan.");
}

// Omitted members are unchanged, except for the forwarding targets: omitting one switches it off.
Json update_schema_settings(Call& call) {
  const Json& source = kept(call, source_resource);
  check_tracking_plan(call);
  for (std::string_view target : targets) check_reference(call, target, names::sources);
  Json& settings = settings_of(call, call.path.front());
  for (std::string_view type : call_types) {
    const Json* given = call.given(type);
    if (given == nullptr) continue;
    for (const auto& member : given->as_object()) settings[type][member.name] = member.value;
  }
  for (std::string_view target : targets) {
    settings.erase(target);
    if (const Json* given = call.given(target)) settings[target] = *given;
  }
  touch(call, source_resource, source);
  return answer(call.path.front(), settings);
}

}  // namespace

void add_schema_settings(Handlers& handlers) {
  handlers["listSchemaSettingsInSource"] = list_schema_settings;
  handlers["updateSchemaSettingsInSource"] = update_schema_settings;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
