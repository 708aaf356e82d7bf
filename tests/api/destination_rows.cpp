#include "rows.hpp"

namespace segment::testing {

namespace {

const std::string subscription =
    R"({"id":"su1","name":"n","actionId":"a1","actionSlug":"a","destinationId":"d1",)"
    R"("enabled":true,"settings":{},"trigger":"type = \"track\"","modelId":"m1",)"
    R"("reverseETLSchedule":{"strategy":"CRON","config":{"spec":"0 * * * *","timezone":"UTC"}}})";
const std::string metrics =
    R"({"sourceId":"s1","destinationMetadataId":"dm1","metrics":[{"metricName":"successes",)"
    R"("total":9007199254740993,"breakdown":[{"metricName":"first_try","value":-1}]}]})";

const DestinationId destination_id("d1");
const DestinationSubscriptionId subscription_id("su/1");

}  // namespace

std::vector<Row> destination_rows() {
  return {
      {"createDestination", "POST /destinations", under("destination", destination),
       [](const Client& client) {
         return json_of(client.destinations().create({.source_id = SourceId("s"),
                                                      .metadata_id = DestinationMetadataId("m"),
                                                      .settings = Json::object()}));
       },
       destination},
      {"listDestinations", "GET /destinations", page("destinations", destination),
       [](const Client& client) { return json_of(client.destinations().list_page()); },
       "[" + destination + "]"},
      {"createDestinationSubscription", "POST /destinations/d1/subscriptions",
       under("destinationSubscription", subscription),
       [](const Client& client) {
         return json_of(client.destinations().create_subscription(
             destination_id, {.name = "n",
                              .action_id = DestinationActionId("a"),
                              .trigger = "t",
                              .enabled = true}));
       },
       subscription},
      {"listSubscriptionsFromDestination", "GET /destinations/d1/subscriptions",
       page("subscriptions", subscription),
       [](const Client& client) {
         return json_of(client.destinations().list_subscriptions_page(destination_id));
       },
       "[" + subscription + "]"},
      {"deleteDestination", "DELETE /destinations/d1", under("status", "\"SUCCESS\""),
       [](const Client& client) {
         client.destinations().remove(destination_id);
         return std::string();
       },
       ""},
      {"getDestination", "GET /destinations/d1", under("destination", destination),
       [](const Client& client) { return json_of(client.destinations().get(destination_id)); },
       destination},
      {"updateDestination", "PATCH /destinations/d1", under("destination", destination),
       [](const Client& client) {
         return json_of(client.destinations().update(destination_id, {.enabled = false}));
       },
       destination},
      {"getSubscriptionFromDestination", "GET /destinations/d1/subscriptions/su%2F1",
       under("subscription", subscription),
       [](const Client& client) {
         return json_of(client.destinations().get_subscription(destination_id, subscription_id));
       },
       subscription},
      {"removeSubscriptionFromDestination", "DELETE /destinations/d1/subscriptions/su%2F1",
       under("status", "\"SUCCESS\""),
       [](const Client& client) {
         client.destinations().remove_subscription(destination_id, subscription_id);
         return std::string();
       },
       ""},
      {"updateSubscriptionForDestination", "PATCH /destinations/d1/subscriptions/su%2F1",
       under("subscription", subscription),
       [](const Client& client) {
         return json_of(client.destinations().update_subscription(
             destination_id, subscription_id,
             {.input = DestinationSubscriptionChanges{.name = "n"}}));
       },
       subscription},
      {"listDeliveryMetricsSummaryFromDestination",
       "GET /destinations/d1/delivery-metrics?sourceId=s1&granularity=DAY",
       under("deliveryMetricsSummary", metrics),
       [](const Client& client) {
         return json_of(client.destinations().list_delivery_metrics_summary(
             destination_id, {.source_id = SourceId("s1"), .granularity = Granularity::day}));
       },
       metrics},
  };
}

}  // namespace segment::testing
