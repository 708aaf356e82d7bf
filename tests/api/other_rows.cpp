// The groups with few operations: audit trail, catalog, labels, testing, workspaces.
#include "rows.hpp"

namespace segment::testing {

namespace {

const std::string event =
    R"({"id":"e1","timestamp":"2026-08-01T12:00:00.123Z","type":"Source Created","actor":"u1",)"
    R"("actorEmail":"a@b.c","resourceId":"s1","resourceType":"source","resourceName":"Web"})";
const std::string echo = R"({"method":"get","message":"hi","headers":{"x":["y"]}})";
const std::string workspace = R"({"id":"w1","slug":"acme","name":"Acme"})";

}  // namespace

std::vector<Row> other_rows() {
  return {
      {"listAuditEvents", "GET /audit-events?resourceType=source&pagination.count=1",
       page("events", event),
       [](const Client& client) {
         return json_of(
             client.audit_trail().list_events_page({.resource_type = "source", .count = 1}));
       },
       "[" + event + "]"},
      {"getDestinationMetadata", "GET /catalog/destinations/dm1",
       under("destinationMetadata", destination_metadata),
       [](const Client& client) {
         return json_of(client.catalog().get_destination_metadata(DestinationMetadataId("dm1")));
       },
       destination_metadata},
      {"getDestinationsCatalog", "GET /catalog/destinations",
       page("destinationsCatalog", destination_metadata),
       [](const Client& client) { return json_of(client.catalog().list_destinations_page()); },
       "[" + destination_metadata + "]"},
      {"getSourceMetadata", "GET /catalog/sources/sm1", under("sourceMetadata", source_metadata),
       [](const Client& client) {
         return json_of(client.catalog().get_source_metadata(SourceMetadataId("sm1")));
       },
       source_metadata},
      {"getSourcesCatalog", "GET /catalog/sources", page("sourcesCatalog", source_metadata),
       [](const Client& client) { return json_of(client.catalog().list_sources_page()); },
       "[" + source_metadata + "]"},
      {"getWarehouseMetadata", "GET /catalog/warehouses/wm1",
       under("warehouseMetadata", warehouse_metadata),
       [](const Client& client) {
         return json_of(client.catalog().get_warehouse_metadata(WarehouseMetadataId("wm1")));
       },
       warehouse_metadata},
      {"getWarehousesCatalog", "GET /catalog/warehouses",
       page("warehousesCatalog", warehouse_metadata),
       [](const Client& client) { return json_of(client.catalog().list_warehouses_page()); },
       "[" + warehouse_metadata + "]"},
      {"createLabel", "POST /labels", under("label", label),
       [](const Client& client) {
         return json_of(client.labels().create({.label = Label{.key = "k", .value = "v"}}));
       },
       label},
      {"listLabels", "GET /labels", under("labels", "[" + label + "]"),
       [](const Client& client) { return json_of(client.labels().list().to_vector()); },
       "[" + label + "]"},
      {"deleteLabel", "DELETE /labels/a%20b/c%2Fd", under("status", "\"SUCCESS\""),
       [](const Client& client) {
         client.labels().remove("a b", "c/d");
         return std::string();
       },
       ""},
      {"echo", "GET /echo?message=hi&statusCode=200", echo,
       [](const Client& client) {
         return json_of(client.testing().echo({.message = "hi", .status_code = 200}));
       },
       echo},
      {"getWorkspace", "GET /", under("workspace", workspace),
       [](const Client& client) { return json_of(client.workspaces().get()); }, workspace},
  };
}

}  // namespace segment::testing
