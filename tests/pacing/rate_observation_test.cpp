// What is read from a response; how long a refused call waits is tested with the calls.
#include "rate_limit/rate_observation.hpp"

#include <gtest/gtest.h>

namespace segment::detail {
namespace {

using namespace std::chrono_literals;

RateObservation read(int status, http::Headers headers, std::string_view data = "null") {
  const std::vector<ApiErrorItem> items = {{.data = Json::parse(data)}};
  return read_rate_observation({status, std::move(headers), ""}, items, {});
}

TEST(TheHeadersOfAResponse, SayWhatIsCounted) {
  const auto seen = read(200, {{"Date", "Mon, 23 Nov 2026 18:00:00 GMT"},
                               {"x-ratelimit-consumed", "3"},
                               {"X-RateLimit-Remaining", "47"},
                               {"X-RateLimit-Reset", "Mon, 23 Nov 2026 18:00:12 GMT"}});
  EXPECT_TRUE(seen.counted);
  EXPECT_EQ(seen.consumed, 3);
  EXPECT_EQ(seen.remaining, 47);
  EXPECT_EQ(seen.reset, 12s) << "by the server's clock, not the machine's of 1970";
}

TEST(AResponseWithoutHeaders, SaysNothing) {
  const auto seen = read(200, {{"Content-Type", "application/json"}, {"X-Rate", "1"}});
  EXPECT_FALSE(seen.counted);
  EXPECT_EQ(seen.consumed, std::nullopt);
  EXPECT_EQ(seen.reset, std::nullopt);
}

TEST(TheErrorsOfARefusal, ProvideTheFiguresThatTheHeadersLeaveOut) {
  constexpr auto data = R"({"msBeforeNext": 1500.2, "remainingPoints": 0, "consumedPoints": 51})";
  const auto seen = read(429, {{"Retry-After", "9"}}, data);
  EXPECT_EQ(seen.operation_retry_after, 1501ms);
  EXPECT_EQ(seen.remaining, 0);
  EXPECT_EQ(seen.consumed, 51);
  EXPECT_EQ(seen.retry_after, 9s);
  EXPECT_EQ(read(503, {}, data).operation_retry_after, std::nullopt) << "only of a 429";
}

TEST(AFigure, IsReadInEverySpelling) {
  const auto seen = read(429, {{"X-RateLimit-Consumed", " 51.0 "}},
                         R"({"msBeforeNext": "1500.2", "remainingPoints": "0"})");
  EXPECT_EQ(seen.consumed, 51);
  EXPECT_EQ(seen.remaining, 0);
  EXPECT_EQ(seen.operation_retry_after, 1501ms);
}

TEST(ARepeatedHint, CountsAsTheLongerOne) {
  const auto seen = read(429, {{"Retry-After", "9"},
                               {"Retry-After", "2"},
                               {"X-RateLimit-Reset", "3"},
                               {"X-RateLimit-Reset", "12"}});
  EXPECT_EQ(seen.retry_after, 9s);
  EXPECT_EQ(seen.reset, 12s);
}

TEST(Garbage, IsIgnored) {
  const auto seen = read(429,
                         {{"X-RateLimit-Consumed", "many"},
                          {"X-RateLimit-Remaining", ""},
                          {"X-RateLimit-Reset", "17 or so"},
                          {"Retry-After", "-5"}},
                         R"({"msBeforeNext": -1, "consumedPoints": 1e300})");
  EXPECT_TRUE(seen.counted);
  EXPECT_EQ(seen.consumed, std::nullopt);
  EXPECT_EQ(seen.remaining, std::nullopt);
  EXPECT_EQ(seen.reset, std::nullopt);
  EXPECT_EQ(seen.retry_after, std::nullopt);
  EXPECT_EQ(seen.operation_retry_after, std::nullopt);
}

}  // namespace
}  // namespace segment::detail
