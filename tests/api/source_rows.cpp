#include "rows.hpp"

namespace segment::testing {

namespace {

const std::string schema_settings =
    R"({"sourceId":"s1","settings":{"track":{"allowUnplannedEvents":true,)"
    R"("commonEventOnViolations":"Block"},"forwardingViolationsTo":"s2"}})";
const std::string details = R"({"source":)" + source + R"(,"trackingPlanId":null})";

const SourceId source_id("s1");

}  // namespace

std::vector<Row> source_rows() {
  return {
      {"addLabelsToSource", "POST /sources/s1/labels", under("labels", "[" + label + "]"),
       [](const Client& client) {
         return json_of(client.sources().add_labels(
             source_id, {.labels = std::vector<Label>{{.key = "k", .value = "v"}}}));
       },
       "[" + label + "]"},
      {"replaceLabelsInSource", "PUT /sources/s1/labels", under("labels", "[" + label + "]"),
       [](const Client& client) {
         return json_of(client.sources().replace_labels(
             source_id, {.labels = std::vector<Label>{{.key = "k", .value = "v"}}}));
       },
       "[" + label + "]"},
      {"createSource", "POST /sources", under("source", source),
       [](const Client& client) {
         return json_of(client.sources().create(
             {.slug = "web", .enabled = true, .metadata_id = SourceMetadataId("m")}));
       },
       source},
      {"listSources", "GET /sources?pagination.count=2", page("sources", source),
       [](const Client& client) { return json_of(client.sources().list_page({.count = 2})); },
       "[" + source + "]"},
      {"createWriteKeyForSource", "POST /sources/s1/writekey", under("source", source),
       [](const Client& client) { return json_of(client.sources().create_write_key(source_id)); },
       source},
      {"deleteSource", "DELETE /sources/s1", under("status", "\"SUCCESS\""),
       [](const Client& client) {
         client.sources().remove(source_id);
         return std::string();
       },
       ""},
      {"getSource", "GET /sources/s1", details,
       [](const Client& client) { return json_of(client.sources().get(source_id)); }, details},
      {"updateSource", "PATCH /sources/s1", under("source", source),
       [](const Client& client) {
         return json_of(client.sources().update(source_id, {.slug = "x"}));
       },
       source},
      {"listConnectedDestinationsFromSource", "GET /sources/s1/connected-destinations",
       page("destinations", destination),
       [](const Client& client) {
         return json_of(client.sources().list_connected_destinations_page(source_id));
       },
       "[" + destination + "]"},
      {"listConnectedWarehousesFromSource", "GET /sources/s1/connected-warehouses",
       page("warehouses", warehouse),
       [](const Client& client) {
         return json_of(client.sources().list_connected_warehouses_page(source_id));
       },
       "[" + warehouse + "]"},
      {"listSchemaSettingsInSource", "GET /sources/s1/settings", schema_settings,
       [](const Client& client) {
         return json_of(client.sources().list_schema_settings(source_id));
       },
       schema_settings},
      {"updateSchemaSettingsInSource", "PATCH /sources/s1/settings", schema_settings,
       [](const Client& client) {
         return json_of(client.sources().update_schema_settings(
             source_id, {.track = TrackSchemaSettings{.allow_unplanned_events = true}}));
       },
       schema_settings},
      {"removeWriteKeyFromSource", "DELETE /sources/s1/writekey/key-1",
       under("status", "\"SUCCESS\""),
       [](const Client& client) {
         client.sources().remove_write_key(source_id, WriteKey("key-1"));
         return std::string();
       },
       ""},
  };
}

}  // namespace segment::testing
