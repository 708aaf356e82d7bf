// Delivery overviews, event volumes and usage, which agree with each other.

#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

class SandboxReports : public SeededSandbox {
 protected:
  std::string overview(const std::string& name, const std::string& rest) const {
    const Source from = source("website");
    return "/delivery-overview/" + name + "?sourceId=" + from.id.text() +
           "&destinationConfigId=" + destination(from.id).id.text() + rest;
  }
  std::int64_t total(const std::string& name, const std::string& rest = day) {
    return fetched(overview(name, rest)).at("total").as_integer();
  }
  static std::int64_t sum(const Json& series) {
    std::int64_t all = 0;
    for (const Json& point : series.as_array()) all += point.at("count").as_integer();
    return all;
  }
  static constexpr const char* day =
      "&granularity=HOUR&startTime=2026-08-14T00:00:00Z&endTime=2026-08-15T00:00:00Z";
};

TEST_F(SandboxReports, AddUpFromIngestToDelivery) {
  const std::int64_t received = total("successfully-received");
  EXPECT_GT(received, 1000);
  EXPECT_EQ(received, total("filtered-at-source") + total("filtered-at-destination") +
                          total("failed-delivery") + total("successful-delivery"));
  EXPECT_GT(total("failed-on-ingest"), 0);
}

TEST_F(SandboxReports, CountTheSameInBucketsOfAnyLength) {
  const std::string time = "&startTime=2026-08-14T10:00:00Z&endTime=2026-08-14T14:00:00Z";
  const auto by_hour = total("successful-delivery", time + "&granularity=HOUR");
  EXPECT_EQ(by_hour, total("successful-delivery", time + "&granularity=MINUTE"));
  EXPECT_EQ(by_hour, total("successful-delivery", time + "&granularity=DAY"));
}

TEST_F(SandboxReports, HaveTotalsThatAreTheSumsOfTheirParts) {
  const Json report =
      fetched(overview("failed-delivery", std::string(day) + "&groupBy.0=discardReason"));
  ASSERT_EQ(report.at("dataset").size(), 2U);
  std::int64_t all = 0;
  for (const Json& dataset : report.at("dataset").as_array()) {
    EXPECT_EQ(dataset.at("series").size(), 24U);
    EXPECT_EQ(dataset.at("total").as_integer(), sum(dataset.at("series")));
    EXPECT_TRUE(dataset.contains("discardReason"));
    EXPECT_FALSE(dataset.contains("eventName"));
    all += dataset.at("total").as_integer();
  }
  EXPECT_EQ(report.at("total").as_integer(), all);
}

TEST_F(SandboxReports, FilterAndPageWithoutChangingTheTotal) {
  const std::string filter = std::string(day) + "&groupBy.0=eventName&filter.eventType.0=track";
  const Json whole = fetched(overview("successful-delivery", filter));
  const Json first = fetched(overview("successful-delivery", filter + "&pagination.count=1"));
  EXPECT_EQ(whole.at("dataset").size(), 3U);
  EXPECT_EQ(first.at("dataset").size(), 1U);
  EXPECT_EQ(first.at("total"), whole.at("total"));
  EXPECT_TRUE(first.at("pagination").contains("next"));
  EXPECT_EQ(total("successful-delivery", std::string(day) + "&filter.audienceId.0=x"), 0);
}

TEST_F(SandboxReports, RejectTimesOutOfReachAndUnknownDimensions) {
  const auto fields_of = [&](const std::string& rest) {
    return fields(talk.get(overview("successfully-received", rest)));
  };
  EXPECT_EQ(fields_of("&granularity=MINUTE&startTime=2026-08-14T00:00:00Z"
                      "&endTime=2026-08-14T05:00:00Z"),
            "startTime ");
  EXPECT_EQ(fields_of("&granularity=DAY&startTime=2026-06-14T00:00:00Z"
                      "&endTime=2026-06-15T00:00:00Z"),
            "startTime ");
  EXPECT_EQ(fields_of(std::string(day) + "&groupBy.0=discardReason"), "groupBy.0 ");
  EXPECT_EQ(
      talk.get("/delivery-overview/successfully-received?sourceId=x" + std::string(day)).status,
      404);
}

TEST_F(SandboxReports, CountTheVolumeOfAllSourcesTogetherOrSeparately) {
  const EventVolumeQuery query{.granularity = Granularity::hour,
                               .start_time = Timestamp("2026-08-14T00:00:00Z"),
                               .end_time = Timestamp("2026-08-15T00:00:00Z")};
  const auto whole = client.events().get_volume_page(query);
  ASSERT_EQ(whole.items.size(), 1U);
  EventVolumeQuery apart = query;
  apart.group_by = {{"source"}};
  std::int64_t all = 0;
  for (const auto& series : client.events().get_volume(apart)) {
    all += series.total;
    if (series.source->slug == "website") {
      EXPECT_EQ(series.total, total("successfully-received"));
    }
  }
  EXPECT_EQ(whole.items.front().total, all);
  EXPECT_EQ(client.events().get_volume_page(apart).items.size(), 5U);  // one is switched off
  fetched(
      "/events/volume?granularity=DAY&startTime=2026-08-01T00:00:00Z"
      "&endTime=2026-08-15T00:00:00Z&groupBy.0=eventName&groupBy.1=eventType");
}

TEST_F(SandboxReports, HaveNoEventsFromTheFuture) {
  const auto page =
      client.events().get_volume_page({.granularity = Granularity::hour,
                                       .start_time = Timestamp("2026-08-16T00:00:00Z"),
                                       .end_time = Timestamp("2026-08-17T00:00:00Z")});
  EXPECT_EQ(page.items.front().total, 0);
}

TEST_F(SandboxReports, AccumulateTheUsageOfAMonthDayByDay) {
  const Json whole = fetched("/usage/api-calls/daily?period=2026-08-01");
  const auto& days = whole.at("dailyWorkspaceAPICallsUsage").as_array();
  ASSERT_EQ(days.size(), 15U);
  EXPECT_LT(std::stoll(days[0].at("apiCalls").as_string()),
            std::stoll(days[14].at("apiCalls").as_string()));
  const Json apart = fetched("/usage/api-calls/sources/daily?period=2026-08-01");
  const auto& snapshots = apart.at("dailyPerSourceAPICallsUsage").as_array();
  ASSERT_EQ(snapshots.size(), 75U);
  std::int64_t sum_of_first_day = 0;
  for (std::size_t i = 0; i < 5; ++i) {
    sum_of_first_day += std::stoll(snapshots[i].at("apiCalls").as_string());
  }
  EXPECT_EQ(std::to_string(sum_of_first_day), days[0].at("apiCalls").as_string());
}

TEST_F(SandboxReports, CountTrackedUsersBySourceAndInTotal) {
  const Json whole = fetched("/usage/mtu/daily?period=2026-07-01");
  const auto& days = whole.at("dailyWorkspaceMTUUsage").as_array();
  ASSERT_EQ(days.size(), 31U);
  EXPECT_EQ(days[0].at("periodStart").as_integer(), 1782864000);
  EXPECT_EQ(days[0].at("periodEnd").as_integer(), 1785542400);
  const Json apart = fetched("/usage/mtu/sources/daily?period=2026-07-01&pagination.count=5");
  std::int64_t sum_of_first_day = 0;
  for (const Json& snapshot : apart.at("dailyPerSourceMTUUsage").as_array()) {
    sum_of_first_day += std::stoll(snapshot.at("identified").as_string());
  }
  EXPECT_EQ(std::to_string(sum_of_first_day), days[0].at("identified").as_string());
  EXPECT_EQ(fields(talk.get("/usage/mtu/daily?period=2026-07-02")), "period ");
  EXPECT_EQ(fields(talk.get("/usage/mtu/daily?period=July")), "period ");
}

}  // namespace
}  // namespace segment::sandbox::test
