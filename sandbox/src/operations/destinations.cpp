#include <string>

#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "operations/settings.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

void check_own_settings(Call& call, const Json& metadata_id) {
  const Json* settings = call.given("settings");
  if (settings == nullptr || !settings->is_object()) return;
  check_settings(kept(call.world, destination_kind, metadata_id.as_string()), *settings,
                 call.options.refuse_unknown_members);
}

void fill_destination(Call& call, Json& fresh) {
  check_reference(call, "sourceId", names::sources);
  check_reference(call, "metadataId", names::destination_kinds);
  check_own_settings(call, call.body.at("metadataId"));
  if (const Json* name = call.given("name")) fresh["name"] = *name;
  const Json* enabled = call.given("enabled");
  fresh["enabled"] = enabled != nullptr ? *enabled : Json(true);
  fresh["sourceId"] = call.body.at("sourceId");
  fresh["metadataId"] = call.body.at("metadataId");
  fresh["settings"] = new_settings(call.given("settings"));
}

void change_destination(Call& call, Json& destination) {
  check_own_settings(call, destination.at("metadataId"));
  for (const char* member : {"name", "enabled"}) {
    const Json* given = call.given(member);
    if (given == nullptr) continue;
    if (given->is_null()) {
      destination.erase(member);
    } else {
      destination[member] = *given;
    }
  }
  if (const Json* settings = call.given("settings")) {
    merge_settings(destination["settings"], *settings);
  }
}

}  // namespace

void add_destinations(Handlers& handlers) {
  handlers["createDestination"] = create_one(destination_resource, fill_destination);
  handlers["listDestinations"] = list_all(destination_resource);
  handlers["getDestination"] = get_one(destination_resource);
  handlers["updateDestination"] = update_one(destination_resource, change_destination);
  handlers["deleteDestination"] = remove_one(destination_resource);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
