// One of several types: the alternative that fits best, or free-form JSON, which keeps everything
// that came.
#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "reading.hpp"
#include "segment/api/types/destinations.hpp"

namespace segment {
namespace {

std::string in_schedule(std::string_view config) {
  return R"({"strategy":"CRON","config":)" + std::string(config) + "}";
}

ReverseEtlScheduleConfig config(std::string_view text) {
  const auto schedule = read<ReverseEtlSchedule>(in_schedule(text));
  EXPECT_TRUE(schedule.config.has_value());
  return schedule.config.value_or(ReverseEtlScheduleConfig(Json()));
}

// It is kept as free-form JSON in full, and is written back as it came.
void expect_free_form(std::string_view text) {
  const auto read_back = config(text);
  ASSERT_TRUE(std::holds_alternative<Json>(read_back)) << text;
  EXPECT_EQ(std::get<Json>(read_back), Json::parse(text));
  EXPECT_EQ(rewritten<ReverseEtlSchedule>(in_schedule(text)), in_schedule(text));
}

TEST(Unions, ChooseTheAlternativeWhoseMembersArePresent) {
  EXPECT_EQ(std::get<ReverseEtlCronSchedule>(config(R"({"spec":"0 * * * *","timezone":"UTC"})")),
            (ReverseEtlCronSchedule{.spec = "0 * * * *", .timezone = "UTC"}));
  EXPECT_EQ(std::get<ReverseEtlDbtCloudSchedule>(config(R"({"jobId":"j","accountId":"a"})")),
            (ReverseEtlDbtCloudSchedule{.job_id = "j", .account_id = "a"}));
  EXPECT_EQ(std::get<ReverseEtlPeriodicSchedule>(config(R"({"interval":"15m"})")),
            (ReverseEtlPeriodicSchedule{.interval = "15m"}));
  const auto specific = std::get<ReverseEtlSpecificTimeSchedule>(
      config(R"({"days":[0,6],"hours":[12],"timezone":"UTC"})"));
  EXPECT_EQ(specific.days.value(), (std::vector<std::int64_t>{0, 6}));
}

TEST(Unions, ChooseTheAlternativeThatLeavesTheFewestMembersUnknown) {
  const auto both = config(R"({"interval":"1h","spec":"* * * * *","timezone":"UTC"})");
  EXPECT_TRUE(std::holds_alternative<ReverseEtlCronSchedule>(both));
}

TEST(Unions, KeepTheirTypeWhenTheApiAddsAMember) {
  const auto taken = config(R"({"interval":"15m","new":{"a":1}})");
  EXPECT_EQ(std::get<ReverseEtlPeriodicSchedule>(taken),
            (ReverseEtlPeriodicSchedule{.interval = "15m"}));
}

TEST(Unions, ChooseTheFirstOfAlternativesThatFitEquallyWell) {
  const auto both = config(R"({"jobId":"j","accountId":"a","spec":"* * * * *","timezone":"UTC"})");
  EXPECT_TRUE(std::holds_alternative<ReverseEtlCronSchedule>(both));
}

TEST(Unions, KeepAnUnknownShapeAsFreeFormJson) {
  expect_free_form(R"({"sunrise":{"offset":-5},"spec":"no time zone"})");
  expect_free_form("{}");
  expect_free_form("[1,2]");
  expect_free_form("\"daily\"");
  expect_free_form("5");
  expect_free_form("0.5");
  expect_free_form("18446744073709551615");
  expect_free_form("true");
}

TEST(Unions, KeepAnAlternativeWithAMemberOfTheWrongKindAsFreeFormJson) {
  expect_free_form(R"({"spec":5,"timezone":"UTC"})");
  expect_free_form(R"({"days":["Monday"],"hours":[1],"timezone":"UTC","new":{"a":[null]}})");
}

TEST(Unions, FallBackToTheNextAlternativeWhenTheBestHasTheWrongKind) {
  const auto next = config(R"({"spec":5,"timezone":"UTC","interval":"1h"})");
  ASSERT_TRUE(std::holds_alternative<ReverseEtlPeriodicSchedule>(next));
}

TEST(Unions, DoNotAcceptANullForARequiredMember) {
  expect_free_form(R"({"spec":null,"timezone":"UTC"})");
}

TEST(Unions, TellNullApartFromAbsent) {
  EXPECT_TRUE(read<ReverseEtlSchedule>(R"({"strategy":"MANUAL","config":null})").config.is_null());
  EXPECT_TRUE(read<ReverseEtlSchedule>(R"({"strategy":"MANUAL"})").config.is_absent());
}

TEST(Unions, AreWrittenBackAsTheyCame) {
  for (const char* text :
       {R"({"spec":"0 * * * *","timezone":"UTC"})", R"({"jobId":"j","accountId":"a"})",
        R"({"interval":"15m"})", R"({"days":[0,6],"hours":[],"timezone":"UTC"})"}) {
    EXPECT_EQ(rewritten<ReverseEtlSchedule>(in_schedule(text)), in_schedule(text));
  }
}

TEST(Unions, AreWrittenFromValuesOfTheCaller) {
  const ReverseEtlSchedule schedule{.strategy = ReverseEtlScheduleStrategy::periodic,
                                    .config = ReverseEtlPeriodicSchedule{.interval = "15m"}};
  EXPECT_EQ(to_json_text(schedule), R"({"strategy":"PERIODIC","config":{"interval":"15m"}})");
  const ReverseEtlSchedule free{.strategy = ReverseEtlScheduleStrategy("LUNAR"),
                                .config = Json::object({{"phase", "full"}})};
  EXPECT_EQ(to_json_text(free), R"({"strategy":"LUNAR","config":{"phase":"full"}})");
}

TEST(Unions, DoNotDisturbTheMembersAfterThem) {
  const auto subscription = read<DestinationSubscription>(
      R"({"reverseETLSchedule":{"config":{"odd":[{}]},"strategy":"CRON"},"name":"n"})");
  EXPECT_EQ(subscription.name, "n");
  ASSERT_TRUE(subscription.reverse_etl_schedule.has_value());
  EXPECT_EQ(subscription.reverse_etl_schedule->strategy.value(), ReverseEtlScheduleStrategy::cron);
}

}  // namespace
}  // namespace segment
