#include "rows.hpp"

namespace segment::testing {

namespace {

const WarehouseId warehouse_id("wh1");

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

}  // namespace

std::vector<Row> warehouse_rows() {
  return {
      {"addConnectionFromSourceToWarehouse", "POST /warehouses/wh1/connected-sources/s1",
       under("status", "\"CONNECTED\""),
       [](const Client& client) {
         return quoted(
             client.warehouses().add_source_connection(warehouse_id, SourceId("s1")).text());
       },
       "\"CONNECTED\""},
      {"removeSourceConnectionFromWarehouse", "DELETE /warehouses/wh1/connected-sources/s1",
       under("status", "\"SUCCESS\""),
       [](const Client& client) {
         client.warehouses().remove_source_connection(warehouse_id, SourceId("s1"));
         return std::string();
       },
       ""},
      {"createValidationInWarehouse", "POST /warehouses/validation", under("status", "\"FAILED\""),
       [](const Client& client) {
         return quoted(client.warehouses()
                           .create_validation({.metadata_id = WarehouseMetadataId("m"),
                                               .settings = Json::object()})
                           .text());
       },
       "\"FAILED\""},
      {"createWarehouse", "POST /warehouses", under("warehouse", warehouse),
       [](const Client& client) {
         return json_of(client.warehouses().create(
             {.metadata_id = WarehouseMetadataId("m"), .settings = Json::object()}));
       },
       warehouse},
      {"listWarehouses", "GET /warehouses?pagination.count=9&pagination.cursor=Mw%3D%3D",
       page("warehouses", warehouse),
       [](const Client& client) {
         return json_of(client.warehouses().list_page({.count = 9, .cursor = "Mw=="}));
       },
       "[" + warehouse + "]"},
      {"deleteWarehouse", "DELETE /warehouses/wh1", under("status", "\"SUCCESS\""),
       [](const Client& client) {
         client.warehouses().remove(warehouse_id);
         return std::string();
       },
       ""},
      {"getWarehouse", "GET /warehouses/wh1", under("warehouse", warehouse),
       [](const Client& client) { return json_of(client.warehouses().get(warehouse_id)); },
       warehouse},
      {"updateWarehouse", "PATCH /warehouses/wh1", under("warehouse", warehouse),
       [](const Client& client) {
         return json_of(client.warehouses().update(warehouse_id, {.settings = Json::object()}));
       },
       warehouse},
      {"getConnectionStateFromWarehouse", "GET /warehouses/wh1/connection-state",
       under("connectionState", "\"CONNECTED\""),
       [](const Client& client) {
         return quoted(client.warehouses().get_connection_state(warehouse_id).text());
       },
       "\"CONNECTED\""},
      {"listConnectedSourcesFromWarehouse", "GET /warehouses/wh1/connected-sources",
       page("sources", source),
       [](const Client& client) {
         return json_of(client.warehouses().list_connected_sources_page(warehouse_id));
       },
       "[" + source + "]"},
  };
}

}  // namespace segment::testing
