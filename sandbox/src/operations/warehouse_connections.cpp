#include <string>

#include "operations/registry.hpp"
#include "operations/resources.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

Links& warehouse_connections(Call& call) { return call.world.links(names::warehouse_sources); }

Json connect_source(Call& call) {
  const Json& warehouse = kept(call.world, warehouse_resource, call.path.at(0));
  kept(call.world, source_resource, call.path.at(1));
  warehouse_connections(call).emplace(call.path.at(0), call.path.at(1));
  touch(call, warehouse_resource, warehouse);
  return one(call, "CONNECTED");
}

Json disconnect_source(Call& call) {
  const Json& warehouse = kept(call.world, warehouse_resource, call.path.at(0));
  if (warehouse_connections(call).erase({call.path.at(0), call.path.at(1)}) == 0) {
    throw not_found("connection");
  }
  touch(call, warehouse_resource, warehouse);
  return {};
}

Json list_connected_sources(Call& call) {
  kept(call, warehouse_resource);
  auto things = call.world.collection(names::sources).all([&](const Json& source) {
    return warehouse_connections(call).contains({call.path.front(), source.at("id").as_string()});
  });
  for (Json& thing : things) thing = shown(call.world, source_resource, thing);
  return page(call, things);
}

Json list_connected_warehouses(Call& call) {
  kept(call, source_resource);
  auto things = call.world.collection(names::warehouses).all([&](const Json& warehouse) {
    return warehouse_connections(call).contains(
        {warehouse.at("id").as_string(), call.path.front()});
  });
  for (Json& thing : things) thing = shown(call.world, warehouse_resource, thing);
  return page(call, things);
}

}  // namespace

void add_warehouse_connections(Handlers& handlers) {
  handlers["addConnectionFromSourceToWarehouse"] = connect_source;
  handlers["removeSourceConnectionFromWarehouse"] = disconnect_source;
  handlers["listConnectedSourcesFromWarehouse"] = list_connected_sources;
  handlers["listConnectedWarehousesFromSource"] = list_connected_warehouses;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
