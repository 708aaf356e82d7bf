#include <string>

#include "operations/people.hpp"
#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "operations/settings.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

std::string connection_state(const Json& kind, const Json& settings) {
  return has_required_settings(kind, settings) ? "CONNECTED" : "FAILED";
}

void fill_warehouse(Call& call, Json& fresh) {
  check_reference(call, "metadataId", names::warehouse_kinds);
  const Json* enabled = call.given("enabled");
  if (const Json* name = call.given("name")) fresh["name"] = *name;
  fresh["metadataId"] = call.body.at("metadataId");
  fresh["enabled"] = enabled != nullptr ? *enabled : Json(true);
  fresh["settings"] = new_settings(call.given("settings"));
}

// Every source fills a new warehouse, unless it is told not to be filled.
Json create_warehouse(Call& call) {
  static const Handler create = create_one(warehouse_resource, fill_warehouse);
  Json result = create(call);
  const Json* disconnected = call.given("disconnectAllSources");
  if (disconnected == nullptr || !disconnected->as_bool()) {
    call.world.collection(names::sources).each([&](const std::string& source, const Json&) {
      call.world.links(names::warehouse_sources).emplace(call.touched->id, source);
    });
  }
  return result;
}

void forget_warehouse(Call& call, const Json& warehouse) {
  forget_permissions_for(call.world, warehouse.at("id").as_string());
}

Json get_connection_state(Call& call) {
  const Json& warehouse = kept(call, warehouse_resource);
  const Json& kind = kept(call.world, warehouse_kind, warehouse.at("metadataId").as_string());
  return one(call, connection_state(kind, warehouse.at("settings")));
}

Json create_validation(Call& call) {
  check_reference(call, "metadataId", names::warehouse_kinds);
  const std::string& id = call.body.at("metadataId").as_string();
  const Json& kind = kept(call.world, warehouse_kind, id);
  call.touched = Touched{.type = "warehouse", .id = id, .name = kind.at("name").as_string()};
  return one(call, connection_state(kind, call.body.at("settings")));
}

}  // namespace

void add_warehouses(Handlers& handlers) {
  handlers["createWarehouse"] = create_warehouse;
  handlers["listWarehouses"] = list_all(warehouse_resource);
  handlers["getWarehouse"] = get_one(warehouse_resource);
  handlers["updateWarehouse"] = update_one(warehouse_resource);
  handlers["deleteWarehouse"] = remove_one(warehouse_resource, forget_warehouse);
  handlers["getConnectionStateFromWarehouse"] = get_connection_state;
  handlers["createValidationInWarehouse"] = create_validation;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
