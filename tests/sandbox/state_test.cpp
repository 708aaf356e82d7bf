#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "talk.hpp"

namespace segment::sandbox::test {
namespace {

const SourceMetadataId website{"IqDTy1TpoU"};
const DestinationMetadataId webhooks{"614a3c7d791c91c41bae7599"};
const WarehouseMetadataId postgres{"55EAfzFzSM"};

class SandboxState : public ::testing::Test {
 protected:
  Source source(const std::string& slug = "shop") const {
    return client.sources().create({.slug = slug, .enabled = true, .metadata_id = website});
  }
  // Only a source with a tracking plan has schema settings that can be changed.
  Source planned_source() const {
    const Source made = source();
    const auto plan =
        client.tracking_plans().create({.name = "Plan", .type = TrackingPlanType::live});
    client.tracking_plans().add_source(plan.id, {.source_id = made.id});
    return made;
  }
  Destination destination(const Source& from, Json settings = Json::object()) const {
    return client.destinations().create({.source_id = from.id,
                                         .metadata_id = webhooks,
                                         .name = "Hook",
                                         .settings = std::move(settings)});
  }
  template <class List>
  static std::size_t count(List&& list) {
    std::size_t items = 0;
    for ([[maybe_unused]] const auto& item : list) ++items;
    return items;
  }

  Sandbox sandbox{SandboxOptions{.seed = false, .rate_limits = false}};
  Client client{sandbox.client_options()};
};

TEST_F(SandboxState, KeepsASourceUntilItIsDeleted) {
  const Source made = source();
  EXPECT_EQ(made.metadata.slug, "javascript");
  EXPECT_EQ(made.write_keys.size(), 1U);
  EXPECT_EQ(made.write_keys.front().reveal().size(), 32U);
  EXPECT_EQ(client.sources().get(made.id).slug, "shop");
  client.sources().update(made.id, {.name = "The shop", .enabled = false});
  const Source changed = client.sources().get(made.id);
  EXPECT_EQ(changed.name, "The shop");
  EXPECT_FALSE(changed.enabled);
  EXPECT_EQ(changed.slug, "shop");
  client.sources().remove(made.id);
  EXPECT_THROW(client.sources().get(made.id), NotFoundError);
  EXPECT_THROW(client.sources().remove(made.id), NotFoundError);
  EXPECT_EQ(count(client.sources().list()), 0U);
}

TEST_F(SandboxState, GivesTheSameIdsInEachRun) {
  Sandbox other{SandboxOptions{.seed = false}};
  const Source twin = Client(other.client_options())
                          .sources()
                          .create({.slug = "x", .enabled = true, .metadata_id = website});
  EXPECT_EQ(source().id, twin.id);
  EXPECT_EQ(twin.id.text().size(), 22U);
}

TEST_F(SandboxState, HasOneSourcePerSlug) {
  const Source first = source();
  EXPECT_THROW(source(), ConflictError);
  const Source second = source("second");
  EXPECT_THROW(client.sources().update(second.id, {.slug = "shop"}), ConflictError);
  client.sources().update(first.id, {.slug = "shop"});
}

TEST_F(SandboxState, AddsAndRemovesWriteKeys) {
  const Source made = source();
  const Source more = client.sources().create_write_key(made.id);
  ASSERT_EQ(more.write_keys.size(), 2U);
  client.sources().remove_write_key(made.id, made.write_keys.front());
  EXPECT_EQ(client.sources().get(made.id).write_keys.front(), more.write_keys.back());
  EXPECT_THROW(client.sources().remove_write_key(made.id, made.write_keys.front()), NotFoundError);
}

TEST_F(SandboxState, PutsOnlyLabelsOfTheWorkspaceOnASource) {
  const Source made = source();
  const Label prod{.key = "environment", .value = "prod"};
  const Label dev{.key = "environment", .value = "dev"};
  EXPECT_EQ(client.sources().add_labels(made.id, {.labels = {{prod}}}).size(), 1U);
  EXPECT_EQ(client.sources().add_labels(made.id, {.labels = {{prod, dev}}}).size(), 2U);
  EXPECT_EQ(client.sources().replace_labels(made.id, {.labels = {{dev}}}).size(), 1U);
  try {
    const Label unknown{.key = "environment", .value = "moon"};
    client.sources().add_labels(made.id, {.labels = {{prod, unknown}}});
    ADD_FAILURE() << "an error was expected";
  } catch (const ValidationError& error) {
    EXPECT_EQ(error.items().front().field, "labels.1");
  }
  client.labels().remove("environment", "dev");
  EXPECT_TRUE(client.sources().get(made.id).labels.empty());
}

TEST_F(SandboxState, HasEachLabelOnce) {
  const Label label{.key = "team", .value = "growth", .description = "Who grows"};
  client.labels().create({.label = label});
  EXPECT_THROW(client.labels().create({.label = label}), ConflictError);
  EXPECT_EQ(client.labels().list().to_vector().back().description, "Who grows");
}

TEST_F(SandboxState, MergesSettingsAndClearsWhatIsNull) {
  const Destination made = destination(
      source(),
      Json::parse(R"({"url": "https://a.test", "sharedSecret": "s3", "deep": {"a": 1}})"));
  EXPECT_EQ(made.settings.at("sharedSecret").as_string(), "••••••••");
  const Destination changed = client.destinations().update(
      made.id, {.name = null, .settings = Json::parse(R"({"url": null, "deep": {"b": 2}})")});
  EXPECT_FALSE(changed.name.has_value());
  EXPECT_FALSE(changed.settings.contains("url"));
  EXPECT_EQ(changed.settings.at("deep"), Json::parse(R"({"a": 1, "b": 2})"));
  EXPECT_TRUE(changed.settings.contains("sharedSecret"));
  EXPECT_EQ(client.destinations().update(made.id, {.settings = Json::object()}).settings,
            changed.settings);
}

TEST_F(SandboxState, RejectsMaskedSecretsThatAreWrittenBack) {
  const Destination made = destination(source(), Json::object({{"sharedSecret", "s3"}}));
  ClientOptions careless = sandbox.client_options();
  careless.masked_secrets = MaskedSecrets::send;  // otherwise the library itself would reject it
  try {
    (void)Client(careless).destinations().update(made.id, {.settings = made.settings});
    ADD_FAILURE() << "an error was expected";
  } catch (const ValidationError& error) {
    EXPECT_EQ(error.items().front().field, "settings.sharedSecret");
  }
}

TEST_F(SandboxState, ConnectsDestinationsOnlyToExistingResources) {
  Talk talk(sandbox);
  EXPECT_EQ(
      fields(talk.post("/destinations", R"({"sourceId": "x", "metadataId": "y", "settings": {}})")),
      "sourceId ");
  const Source from = source();
  EXPECT_EQ(fields(talk.post("/destinations", R"({"sourceId": ")" + from.id.text() +
                                                  R"(", "metadataId": "y", "settings": {}})")),
            "metadataId ");
}

TEST_F(SandboxState, DeletesTheDestinationsOfASourceWithIt) {
  const Source from = source();
  const Destination made = destination(from);
  EXPECT_EQ(count(client.sources().list_connected_destinations(from.id)), 1U);
  client.sources().remove(from.id);
  EXPECT_THROW(client.destinations().get(made.id), NotFoundError);
  EXPECT_THROW(client.sources().list_connected_destinations_page(from.id), NotFoundError);
}

TEST_F(SandboxState, KeepsSubscriptionsUnderTheirDestination) {
  const Source from = source();
  const Destination owner = destination(from);
  const Destination other = destination(from);
  const auto action = owner.metadata.actions.front();
  const auto made = client.destinations().create_subscription(
      owner.id,
      {.name = "All", .action_id = action.id, .trigger = "type = \"track\"", .enabled = true});
  EXPECT_EQ(made.action_slug, action.slug);
  EXPECT_EQ(made.destination_id, owner.id);
  EXPECT_EQ(count(client.destinations().list_subscriptions(owner.id)), 1U);
  EXPECT_EQ(count(client.destinations().list_subscriptions(other.id)), 0U);
  EXPECT_THROW(client.destinations().get_subscription(other.id, made.id), NotFoundError);
  const auto changed = client.destinations().update_subscription(
      owner.id, made.id, {.input = DestinationSubscriptionChanges{.enabled = false}});
  EXPECT_FALSE(changed.enabled);
  EXPECT_EQ(changed.name, "All");
  client.destinations().remove_subscription(owner.id, made.id);
  EXPECT_THROW(client.destinations().get_subscription(owner.id, made.id), NotFoundError);
}

TEST_F(SandboxState, SwitchesForwardingOffIfItsTargetIsLeftOut) {
  const Source from = planned_source();
  const Source target = source("violations");
  client.sources().update_schema_settings(
      from.id, {.track = TrackSchemaSettings{.allow_unplanned_events = false},
                .forwarding_violations_to = target.id});
  EXPECT_EQ(client.sources().list_schema_settings(from.id).settings.forwarding_violations_to,
            target.id);
  const auto changed = client.sources().update_schema_settings(
      from.id, {.group = GroupSchemaSettings{.allow_unplanned_traits = false}});
  EXPECT_FALSE(changed.settings.forwarding_violations_to.has_value());
  EXPECT_EQ(changed.settings.track->allow_unplanned_events, false);
  EXPECT_EQ(changed.settings.track->allow_event_on_violations, true);
}

TEST_F(SandboxState, RejectsSchemaSettingsForASourceWithoutATrackingPlan) {
  Talk talk(sandbox);
  const Source made = source();
  const std::string path = "/sources/" + made.id.text() + "/settings";
  const std::string change = R"({"track": {"allowUnplannedEvents": false}})";
  EXPECT_EQ(talk.patch(path, change).status, 422);
  const auto plan =
      client.tracking_plans().create({.name = "Plan", .type = TrackingPlanType::live});
  client.tracking_plans().add_source(plan.id, {.source_id = made.id});
  EXPECT_EQ(talk.patch(path, change).status, 200);
}

TEST_F(SandboxState, AcceptsMixedCaseInSchemaSettingsButNoNullsOrUnknownIds) {
  Talk talk(sandbox);
  const std::string path = "/sources/" + planned_source().id.text() + "/settings";
  const auto mixed = talk.patch(path, R"({"track": {"commonEventOnViolations": "Block"}})");
  EXPECT_EQ(mixed.status, 200);
  EXPECT_EQ(data(mixed).at("settings").at("track").at("commonEventOnViolations"), Json("Block"));
  EXPECT_EQ(fields(talk.patch(path, R"({"forwardingViolationsTo": null})")),
            "forwardingViolationsTo ");
  EXPECT_EQ(fields(talk.patch(path, R"({"forwardingBlockedEventsTo": "nobody"})")),
            "forwardingBlockedEventsTo ");
  EXPECT_EQ(fields(talk.patch(path, R"({"track": {"commonEventOnViolations": "EXPLODE"}})")),
            "track.commonEventOnViolations ");
}

TEST_F(SandboxState, ConnectsSourcesAndWarehousesBothWays) {
  const Source first = source();
  const Warehouse house = client.warehouses().create(
      {.metadata_id = postgres, .settings = Json::object({{"password", "p"}})});
  const Source second = source("second");
  EXPECT_EQ(count(client.warehouses().list_connected_sources(house.id)), 2U);
  client.warehouses().remove_source_connection(house.id, first.id);
  EXPECT_THROW(client.warehouses().remove_source_connection(house.id, first.id), NotFoundError);
  EXPECT_EQ(count(client.sources().list_connected_warehouses(first.id)), 0U);
  EXPECT_EQ(count(client.sources().list_connected_warehouses(second.id)), 1U);
  EXPECT_EQ(client.warehouses().add_source_connection(house.id, first.id),
            SourceConnectionStatus::connected);
  EXPECT_EQ(client.warehouses().get(house.id).settings.at("password").as_string(), "••••••••");
  EXPECT_EQ(client.warehouses().get_connection_state(house.id), WarehouseConnectionState::failed);
  client.warehouses().remove(house.id);
  EXPECT_EQ(count(client.sources().list_connected_warehouses(first.id)), 0U);
}

TEST_F(SandboxState, ReturnsMetricsUnderTheMetadataIdOfADestination) {
  const Source from = source();
  const Destination made = destination(from);
  const auto summary =
      client.destinations().list_delivery_metrics_summary(made.id, {.source_id = from.id});
  EXPECT_EQ(summary.destination_metadata_id, webhooks);
  EXPECT_GT(summary.metrics.front().total, 0);
  Talk talk(sandbox);
  const std::string path = "/destinations/" + made.id.text() + "/delivery-metrics";
  EXPECT_EQ(fields(talk.get(path)), "sourceId ");
  EXPECT_EQ(fields(talk.get(path + "?sourceId=" + from.id.text() + "&granularity=CENTURY")),
            "granularity ");
  EXPECT_EQ(fields(talk.get(path + "?sourceId=" + from.id.text() +
                            "&startTime=2020-01-01T00:00:00Z&endTime=2020-02-01T00:00:00Z")),
            "startTime ");
}

TEST_F(SandboxState, StartsWithASmallWorkspace) {
  const Sandbox seeded;
  const Client visitor(seeded.client_options());
  EXPECT_EQ(count(visitor.sources().list()), 6U);
  EXPECT_EQ(count(visitor.destinations().list()), 4U);
  EXPECT_EQ(count(visitor.warehouses().list()), 2U);
  EXPECT_EQ(visitor.labels().list().to_vector().size(), 2U);
}

TEST_F(SandboxState, StaysConsistentUnderManyClients) {
  constexpr int clients = 16;
  constexpr int each = 10;
  std::vector<std::jthread> threads;
  for (int i = 0; i < clients; ++i) {
    threads.emplace_back([this, i] {
      const Client own(sandbox.client_options());
      for (int j = 0; j < each; ++j) {
        own.sources().create({.slug = std::to_string(i) + "-" + std::to_string(j),
                              .enabled = true,
                              .metadata_id = website});
      }
    });
  }
  threads.clear();
  EXPECT_EQ(count(client.sources().list()), std::size_t{clients} * each);
}

}  // namespace
}  // namespace segment::sandbox::test
