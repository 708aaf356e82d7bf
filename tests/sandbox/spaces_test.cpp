// Spaces, their filters and their schema, and the two calls that only trigger something.

#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

using SandboxSpaces = SeededSandbox;

TEST_F(SandboxSpaces, ExistFromTheStart) {
  EXPECT_EQ(fetched("/spaces").at("spaces").size(), 2U);
  EXPECT_EQ(fetched("/spaces/" + space().text()).at("space").at("slug").as_string(), "shop-dev");
  EXPECT_EQ(talk.get("/spaces/nope").status, 404);
  const Sandbox bare{SandboxOptions{.seed = false}};
  EXPECT_EQ(Client(bare.client_options()).spaces().list_page().items.size(), 2U);
}

TEST_F(SandboxSpaces, KnowWhoSubscribedToWhat) {
  const MessagingSubscriptionKey ada{.key = "ada@example.com",
                                     .type = MessagingSubscriptionType::email};
  const MessagingSubscriptionKey bad{.key = "ada", .type = MessagingSubscriptionType::email};
  const auto look = [&] {
    return client.spaces().batch_query_messaging_subscriptions(space(),
                                                               {.subscriptions = {{ada, bad}}});
  };
  EXPECT_FALSE(look().successes.front().status.has_value());
  EXPECT_EQ(look().failures.front().key, "ada");
  const auto set = client.spaces().replace_messaging_subscriptions(
      space(),
      {.subscriptions = {
           {{.key = ada.key, .type = ada.type, .status = MessagingSubscriptionStatus::subscribed},
            {.key = "x", .type = MessagingSubscriptionType::ios_push}}}});
  EXPECT_EQ(set.successes.size(), 1U);
  EXPECT_EQ(set.failures.size(), 1U);
  EXPECT_EQ(look().successes.front().status, MessagingSubscriptionStatus::subscribed);
}

TEST_F(SandboxSpaces, PageTheirFiltersByNumber) {
  for (int i = 0; i < 12; ++i) {
    client.space_filters().create({.integration_id = space(),
                                   .name = "Filter " + std::to_string(i),
                                   .condition = "type = \"track\""});
  }
  const std::string list = "/filters?integrationId=" + space().text();
  const Json first = fetched(list);
  EXPECT_EQ(first.at("filters").size(), 10U);
  EXPECT_EQ(first.at("pagination").at("next").as_integer(), 10);
  EXPECT_EQ(fetched(list + "&pagination.cursor=10").at("filters").size(), 2U);
  EXPECT_EQ(fields(talk.get(list + "&pagination.count=11")), "pagination.count ");
  int all = 0;
  for ([[maybe_unused]] const auto& each :
       client.space_filters().list({.integration_id = space()})) {
    ++all;
  }
  EXPECT_EQ(all, 12);
}

TEST_F(SandboxSpaces, KeepAFilterUntilItIsDeleted) {
  const auto made = client.space_filters().create(
      {.integration_id = space(), .name = "No tests", .condition = "type = \"track\""});
  EXPECT_EQ(client.space_filters().update(made.id, {.integration_id = space(), .drop = true}).drop,
            true);
  EXPECT_EQ(client.space_filters().get(made.id).name, "No tests");
  EXPECT_TRUE(client.space_filters().remove(made.id));
  EXPECT_THROW(client.space_filters().get(made.id), NotFoundError);
  EXPECT_THROW(client.space_filters().create(
                   {.integration_id = SpaceId("x"), .name = "x", .condition = "x"}),
               ValidationError);
}

TEST_F(SandboxSpaces, ReportWhatTheyHaveSeen) {
  const std::string base = "/spaces/" + space().text();
  EXPECT_EQ(fetched(base + "/events").at("events").at(0).at("name").as_string(), "Product Viewed");
  EXPECT_EQ(fetched(base + "/events?sortBy=name&sortDir=asc&search=e").at("events").size(), 4U);
  EXPECT_EQ(fetched(base + "/events/Home/properties").at("eventProperties").size(), 1U);
  EXPECT_EQ(fetched(base + "/events/Home/properties/url/sample-values?propertyType=PROPERTY")
                .at("sampleValues")
                .size(),
            2U);
  EXPECT_EQ(fetched(base + "/entity-paths").at("entityPaths").size(), 2U);
  EXPECT_EQ(fetched(base + "/entities/pet/properties").at("entityProperties").size(), 2U);
  EXPECT_EQ(fetched(base + "/entities/pet/properties/age/sample-values").at("sampleValues").size(),
            2U);
  EXPECT_EQ(fetched(base + "/traits/plan/sample-values").at("sampleValues").size(), 2U);
  EXPECT_EQ(talk.get(base + "/events/Nothing/properties").status, 404);
  EXPECT_EQ(talk.get(base + "/traits/seats/sample-values").status, 404);
  fetched(base + "/traits/seats/sample-values?collection=accounts");
}

TEST_F(SandboxSpaces, PageTheirTraitsForwardOnly) {
  const std::string list = "/spaces/" + space().text() +
                           "/traits?pagination.count=2&includeSampleValues=true&samplesCount=1";
  const Json first = fetched(list);
  EXPECT_EQ(first.at("traits").at(0).at("samples").size(), 1U);
  const Json second =
      fetched(list + "&pagination.cursor=" + first.at("pagination").at("next").as_string());
  EXPECT_EQ(second.at("traits").size(), 2U);
  EXPECT_FALSE(second.at("pagination").contains("previous"));
}

TEST_F(SandboxSpaces, ReturnDownloadUrlsForRecentLogs) {
  const auto fetch = [&](const char* hour) {
    return client.customer_insights().create_download(
        {.collection_id = CustomerInsightsCollectionId("c1"), .hour = Timestamp(hour)});
  };
  EXPECT_EQ(fetch("2026-08-15T10:00:00Z").urls.size(), 2U);
  EXPECT_THROW(fetch("2026-08-15T12:00:00Z"), ValidationError);
  EXPECT_THROW(fetch("2026-08-15T10:30:00Z"), ValidationError);
  EXPECT_THROW(fetch("2026-05-15T10:00:00Z"), ValidationError);
}

TEST_F(SandboxSpaces, TriggerDbtModelSyncsForExistingSources) {
  const Source from = source("website");
  EXPECT_EQ(client.dbt().create_model_sync_trigger({.source_id = from.id}).source_id, from.id);
  EXPECT_THROW(client.dbt().create_model_sync_trigger({.source_id = SourceId("x")}),
               ValidationError);
}

}  // namespace
}  // namespace segment::sandbox::test
