#include <string>
#include <utility>
#include <vector>

#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "operations/settings.hpp"
#include "operations/spaces.hpp"
#include "operations/synced_tables.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// With its kind from the catalog; its name is a setting in responses.
Json shown_profiles_warehouse(World& world, const Json& kept) {
  Json shown = with_kind(world, kept, names::warehouse_kinds);
  if (const Json* name = kept.find("name")) shown["settings"]["name"] = *name;
  shown.erase("name");
  shown.erase("enableEventTables");
  return shown;
}

constexpr Resource profiles_warehouse{.collection = names::profiles_warehouses,
                                      .what = "profiles warehouse",
                                      .parent = "spaceId",
                                      .shown = &shown_profiles_warehouse};

Json tables_of_a_space() {
  return Json::object(
      {{"user_traits", synced_table({"canonical_segment_id", "name", "value", "timestamp"})},
       {"user_identifiers", synced_table({"canonical_segment_id", "type", "value", "timestamp"})},
       {"profile_merges", synced_table({"segment_id", "merged_to", "timestamp"})}});
}

Json& tables(Call& call) {
  return synced_tables(call.world, call.path.at(1), call.path.at(0), tables_of_a_space());
}

void fill_profiles_warehouse(Call& call, Json& fresh) {
  check_reference(call, "metadataId", names::warehouse_kinds);
  const Json& space = kept(call.world, space_resource, call.path.front());
  fresh["metadataId"] = call.body.at("metadataId");
  fresh["enabled"] = true;
  fresh["schemaName"] = space.at("slug");
  fresh["enableEventTables"] = true;
  for (const char* member : {"name", "enabled", "schemaName"}) {
    if (const Json* given = call.given(member)) fresh[member] = *given;
  }
  fresh["settings"] = new_settings(call.given("settings"));
}

Json list_synced_profiles(Call& call) {
  const Json& warehouse = kept(call, profiles_warehouse);
  std::vector<Json> items;
  for (const auto& table : tables(call).as_object()) {
    items.push_back(synced_item(table, call.path.at(1)));
  }
  Json result = page(call, items);
  result["enableEventTables"] = warehouse.at("enableEventTables");
  return result;
}

// While the event tables are off, nothing else can be switched.
bool switch_all(Call& call, bool event_tables) {
  const Json* overrides = call.given("syncOverrides");
  if (overrides == nullptr || !event_tables) return false;
  bool changed = false;
  Json copy = tables(call);  // all or nothing
  for (std::size_t i = 0; i < overrides->size(); ++i) {
    const Switched outcome = switch_tables(copy, overrides->at(i));
    if (outcome == Switched::unknown) {
      throw invalid("syncOverrides." + std::to_string(i), "names something that does not exist");
    }
    changed = changed || outcome == Switched::something;
  }
  tables(call) = std::move(copy);
  return changed;
}

Json update_synced_profiles(Call& call) {
  Json& warehouse = kept(call, profiles_warehouse);
  const Json* given = call.given("enableEventTables");
  const Json event_tables = given != nullptr ? *given : warehouse.at("enableEventTables");
  bool changed = switch_all(call, event_tables.as_bool());
  changed = changed || warehouse.at("enableEventTables") != event_tables;
  warehouse["enableEventTables"] = event_tables;
  touch(call, profiles_warehouse, warehouse);
  return one(call, changed ? "UPDATED" : "UNCHANGED");
}

}  // namespace

void add_profiles_sync(Handlers& handlers) {
  handlers["createProfilesWarehouse"] =
      in_space(create_one(profiles_warehouse, fill_profiles_warehouse));
  handlers["listProfilesWarehouseInSpace"] = in_space(list_all(profiles_warehouse));
  handlers["updateProfilesWarehouseForSpaceWarehouse"] = in_space(update_one(profiles_warehouse));
  handlers["removeProfilesWarehouseFromSpace"] = in_space(remove_one(profiles_warehouse));
  handlers["listSelectiveSyncsFromWarehouseAndSpace"] = in_space(list_synced_profiles);
  handlers["updateSelectiveSyncForWarehouseAndSpace"] = in_space(update_synced_profiles);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
