#include <string>

#include "operations/people.hpp"
#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "operations/settings.hpp"
#include "operations/warehouse_credentials.hpp"
#include "segment/types/timestamp.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// The same warehouse as in v2: its credential instead of its kind.
Json shown_in_v2(World& world, const Json& kept) {
  Json settings = masked(kept.at("settings"));
  settings.erase("credentialId");
  Json shown = Json::object({{"id", kept.at("id")},
                             {"workspaceId", world.workspace_id()},
                             {"enabled", kept.at("enabled")},
                             {"credentialId", credential_of(kept)},
                             {"settings", std::move(settings)},
                             {"createdAt", kept.at("createdAt")},
                             {"updatedAt", kept.at("updatedAt")}});
  if (const Json* name = kept.find("name")) shown["name"] = *name;
  return shown;
}

constexpr Resource warehouse_v2{
    .collection = names::warehouses, .what = "warehouse", .shown = &shown_in_v2};

std::string connection_state(const Json& kind, const Json& settings) {
  return has_required_settings(kind, settings) ? "CONNECTED" : "FAILED";
}

void fill_either(Call& call, Json& fresh) {
  const Json* enabled = call.given("enabled");
  if (const Json* name = call.given("name")) fresh["name"] = *name;
  fresh["enabled"] = enabled != nullptr ? *enabled : Json(true);
  fresh["createdAt"] = Timestamp(call.now).text();
  fresh["updatedAt"] = Timestamp(call.now).text();
}

void fill_warehouse(Call& call, Json& fresh) {
  check_reference(call, "metadataId", names::warehouse_kinds);
  fresh["metadataId"] = call.body.at("metadataId");
  fresh["settings"] = new_settings(call.given("settings"));
  fill_either(call, fresh);
}

void fill_warehouse_v2(Call& call, Json& fresh) {
  reach_with(call, fresh, call.body.at("credentialId").as_string());
  fill_either(call, fresh);
}

// Every source fills a new warehouse, unless the request says otherwise.
Json create_warehouse(Call& call) {
  static const Handler create =
      in_version(ApiVersion::v2, create_one(warehouse_v2, fill_warehouse_v2),
                 create_one(warehouse_resource, fill_warehouse));
  Json result = create(call);
  renew_own_credential(call, kept(call.world, warehouse_resource, call.touched->id));
  const Json* disconnected = call.given("disconnectAllSources");
  if (disconnected == nullptr || !disconnected->as_bool()) {
    call.world.collection(names::sources).each([&](const std::string& source, const Json&) {
      call.world.links(names::warehouse_sources).emplace(call.touched->id, source);
    });
  }
  return result;
}

void change_warehouse(Call& call, Json& warehouse) {
  merge_body(call, warehouse);
  warehouse["updatedAt"] = Timestamp(call.now).text();
  renew_own_credential(call, warehouse);
}

void change_warehouse_v2(Call& call, Json& warehouse) {
  if (const Json* credential = call.given("credentialId")) {
    reach_with(call, warehouse, credential->as_string());
  }
  for (const char* member : {"name", "enabled"}) {
    if (const Json* given = call.given(member)) warehouse[member] = *given;
  }
  warehouse["updatedAt"] = Timestamp(call.now).text();
}

void forget_warehouse(Call& call, const Json& warehouse) {
  forget_permissions_for(call.world, warehouse.at("id").as_string());
}

Json get_connection_state(Call& call) {
  const Json& warehouse = kept(call, warehouse_resource);
  const Json& kind = kept(call.world, warehouse_kind, warehouse.at("metadataId").as_string());
  return one(call, connection_state(kind, settings_to_reach(call.world, warehouse)));
}

// Nothing of a validation is stored.
Json tried_warehouse(Call& call) {
  Json tried = Json::object();
  if (const Json* credential = call.given("credentialId")) {
    reach_with(call, tried, credential->as_string());
  } else {
    check_reference(call, "metadataId", names::warehouse_kinds);
    tried["metadataId"] = call.body.at("metadataId");
    tried["settings"] = Json::object();
  }
  if (const Json* settings = call.given("settings")) {
    for (const auto& own : settings->as_object()) tried["settings"][own.name] = own.value;
  }
  return tried;
}

Json create_validation(Call& call) {
  const Json tried = tried_warehouse(call);
  const std::string& id = tried.at("metadataId").as_string();
  const Json& kind = kept(call.world, warehouse_kind, id);
  call.touched = Touched{.type = "warehouse", .id = id, .name = kind.at("name").as_string()};
  return one(call, connection_state(kind, settings_to_reach(call.world, tried)));
}

}  // namespace

void add_warehouses(Handlers& handlers) {
  handlers["createWarehouse"] = create_warehouse;
  handlers["listWarehouses"] =
      in_version(ApiVersion::v2, list_all(warehouse_v2), list_all(warehouse_resource));
  handlers["getWarehouse"] =
      in_version(ApiVersion::v2, get_one(warehouse_v2), get_one(warehouse_resource));
  handlers["updateWarehouse"] =
      in_version(ApiVersion::v2, update_one(warehouse_v2, change_warehouse_v2),
                 update_one(warehouse_resource, change_warehouse));
  handlers["deleteWarehouse"] = remove_one(warehouse_resource, forget_warehouse);
  handlers["getConnectionStateFromWarehouse"] = get_connection_state;
  handlers["createValidationInWarehouse"] = create_validation;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
