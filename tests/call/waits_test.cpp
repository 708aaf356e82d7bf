// How long the library waits before a retry, to the millisecond, and without sleeping.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <vector>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using namespace std::chrono_literals;
using Waits = std::vector<std::chrono::milliseconds>;

/// Fails every attempt of a GET, and returns the waits between them.
Waits waits_of(ClientOptions options) {
  FakeClient fake(std::move(options));
  fake.transport->respond_with([](const auto&) { return broken(); });
  EXPECT_THROW((void)fake.client.workspaces().get({.timeout = 0ms}), TransportError);
  return fake.clock->waits();
}

TEST(TheBackoff, DoublesUpToItsMaximum) {
  EXPECT_EQ(waits_of({}), (Waits{500ms, 1s, 2s}));
  EXPECT_EQ(waits_of({.retry = {.max_attempts = 10}}),
            (Waits{500ms, 1s, 2s, 4s, 8s, 16s, 30s, 30s, 30s}));
  EXPECT_EQ(waits_of({.retry = {.max_attempts = 5, .initial_backoff = 10ms, .max_backoff = 25ms}}),
            (Waits{10ms, 20ms, 25ms, 25ms}));
}

TEST(TheBackoff, StaysAtItsMaximumHoweverManyAttempts) {
  const Waits waits = waits_of({.retry = {.max_attempts = 200, .budget = 0}});
  EXPECT_EQ(waits.size(), 199U);
  EXPECT_EQ(waits.back(), 30s);
}

TEST(TheBackoff, HasFullJitter) {
  EXPECT_EQ(waits_of({.jitter = [] { return 0.0; }}), Waits{}) << "nothing to wait for";
  EXPECT_EQ(waits_of({.jitter = [] { return 0.5; }}), (Waits{250ms, 500ms, 1s}));
  EXPECT_EQ(waits_of({.jitter = [n = 0.0]() mutable { return n += 0.25; }}),
            (Waits{125ms, 500ms, 1500ms}));
}

TEST(TheBackoff, DiffersBetweenClients) {
  std::vector<double> firsts;
  for (int i = 0; i < 8; ++i) {
    auto clock = std::make_shared<ManualClock>();
    auto transport = std::make_shared<FakeTransport>();
    transport->respond_with([](const auto&) { return broken(); });
    const Client client({.token = Token("t"),
                         .retry = {.max_attempts = 2, .initial_backoff = 10h, .max_backoff = 10h},
                         .transport = transport,
                         .clock = clock});
    EXPECT_THROW((void)client.workspaces().get({.timeout = std::chrono::hours(24)}),
                 TransportError);
    ASSERT_EQ(clock->waits().size(), 1U);
    EXPECT_GE(clock->waits()[0], 0ms);
    EXPECT_LT(clock->waits()[0], 10h);
    firsts.push_back(std::chrono::duration<double>(clock->waits()[0]).count());
  }
  EXPECT_NE(std::adjacent_find(firsts.begin(), firsts.end(), std::not_equal_to<>()), firsts.end())
      << "eight random waits up to ten hours, all the same";
}

// Hints from the server ---------------------------------------------------------------------------

/// Responds with this status, headers and body, then with a success; returns the wait in between.
std::chrono::milliseconds wait_after(int status, http::Headers headers, const string& body = "",
                                     std::chrono::system_clock::time_point local_time = {}) {
  auto clock = std::make_shared<ManualClock>(local_time);
  FakeClient fake({.timeouts = {.call = std::chrono::hours(24 * 400)}, .clock = clock});
  fake.transport->add(status, body, std::move(headers)).add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  const Waits waits = clock->waits();
  EXPECT_EQ(waits.size(), 1U);
  return waits.empty() ? -1ms : waits[0];
}

string operation_retry_after(const string& ms) {
  return R"({"errors":[{"type":"too-many-requests","data":{"msBeforeNext":)" + ms + "}}]}";
}

constexpr auto own_backoff = 500ms;

TEST(RetryAfter, InSecondsIsWaitedForExactly) {
  EXPECT_EQ(wait_after(429, {{"Retry-After", "7"}}), 7s);
  EXPECT_EQ(wait_after(503, {{"Retry-After", "7"}}), 7s);
  EXPECT_EQ(wait_after(429, {{"retry-after", "90"}}), 90s) << "longer than any backoff";
}

TEST(RetryAfter, AsADateCountsFromTheServersOwnClock) {
  const auto wrong_by_a_year = std::chrono::sys_days{std::chrono::year{2025} / 1 / 1};
  EXPECT_EQ(wait_after(429,
                       {{"Date", "Mon, 23 Nov 2026 18:00:00 GMT"},
                        {"Retry-After", "Mon, 23 Nov 2026 18:00:20 GMT"}},
                       "", wrong_by_a_year),
            20s);
}

// Found by fuzzing: such a date does not fit into the clock's nanoseconds.
TEST(RetryAfter, AsADateCountsFromAServersClockThatIsCenturiesAhead) {
  EXPECT_EQ(wait_after(429, {{"Date", "Mon, 23 Nov 2426 18:00:00 GMT"},
                             {"Retry-After", "Mon, 23 Nov 2426 18:00:20 GMT"}}),
            20s);
}

TEST(RetryAfter, AsADateCountsFromTheLocalClockIfTheServerGivesNoTime) {
  const auto now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 17h + 59min + 50s;
  EXPECT_EQ(wait_after(429, {{"Retry-After", "Mon, 23 Nov 2026 18:00:20 GMT"}}, "", now), 30s);
  EXPECT_EQ(wait_after(429, {{"Date", "rubbish"}, {"Retry-After", "Mon, 23 Nov 2026 18:00:20 GMT"}},
                       "", now + 500ms),
            29500ms);
}

TEST(TheRateLimitReset, IsWaitedForAfterA429) {
  const http::Headers headers = {{"Date", "Mon, 23 Nov 2026 18:00:00 GMT"},
                                 {"X-RateLimit-Reset", "Mon, 23 Nov 2026 18:00:12 +0000"}};
  EXPECT_EQ(wait_after(429, headers), 12s);
  EXPECT_EQ(wait_after(503, headers), own_backoff)
      << "every response carries it; it means nothing here";
}

TEST(TheHintInTheBody, IsWaitedForAfterA429) {
  EXPECT_EQ(wait_after(429, {}, operation_retry_after("1234")), 1234ms);
  EXPECT_EQ(wait_after(429, {}, operation_retry_after("1234.2")), 1235ms) << "never too early";
  EXPECT_EQ(wait_after(429, {},
                       R"({"errors":[{"data":{"msBeforeNext":10}},{},)"
                       R"({"data":{"msBeforeNext":3000}}]})"),
            3s);
}

TEST(OfSeveralHints, TheLongestIsWaitedFor) {
  const string date = "Mon, 23 Nov 2026 18:00:00 GMT";
  const auto wait = [&](const char* retry_after, const char* ms, const char* second_of_reset) {
    return wait_after(
        429,
        {{"Date", date},
         {"Retry-After", retry_after},
         {"X-RateLimit-Reset", string("Mon, 23 Nov 2026 18:00:") + second_of_reset + " GMT"}},
        operation_retry_after(ms));
  };
  EXPECT_EQ(wait("9", "2000", "05"), 9s);
  EXPECT_EQ(wait("1", "8500", "05"), 8500ms);
  EXPECT_EQ(wait("1", "2000", "33"), 33s);
}

TEST(AnInvalidHint, LeavesTheBackoff) {
  for (const char* value : {"", "0", "-5", "soon", ".5", "1.5.2", "1e1", "7 seconds", "0x10", "+7",
                            "Mon, 23 Nov 2020 18:00:00 GMT", "Mon, 99 Nov 2026 18:00:00 GMT",
                            "2026-11-23T18:00:00Z", "-99999999999999999999999"}) {
    EXPECT_EQ(wait_after(429, {{"Date", "Mon, 23 Nov 2026 18:00:00 GMT"}, {"Retry-After", value}}),
              own_backoff)
        << value;
  }
  for (const char* value : {"0", "-1", "-1e300", "null", "true", R"("soon")", "[1]", "{}"}) {
    EXPECT_EQ(wait_after(429, {}, operation_retry_after(value)), own_backoff) << value;
  }
  for (const char* body : {"<html>", R"({"errors":[{"data":[1]}]})", R"({"errors":"x"})"}) {
    EXPECT_EQ(wait_after(429, {}, body), own_backoff) << body;
  }
}

// No server means more than a year.
TEST(AHint, ThatIsAbsurdlyLongIsIgnored) {
  for (const char* value : {"9223372036854775807", "99999999999999999999999", "99999999999",
                            "Fri, 31 Dec 9999 23:59:59 GMT"}) {
    EXPECT_EQ(wait_after(429, {{"Retry-After", value}}), own_backoff) << value;
    EXPECT_EQ(wait_after(429, {{"X-RateLimit-Reset", value}}), own_backoff) << value;
  }
  EXPECT_EQ(wait_after(429, {}, operation_retry_after("1e308")), own_backoff);
  EXPECT_EQ(wait_after(429, {}, operation_retry_after("18446744073709551615")), own_backoff);
  EXPECT_EQ(wait_after(429, {{"Retry-After", "31536000"}}), std::chrono::hours(24 * 365));
}

TEST(AHint, IsReadInEverySpelling) {
  for (const char* value : {"37",
                            "37.0",
                            "36.5",
                            " 37 ",
                            "784111777",
                            "784111776.5",
                            "784111777000",
                            "Sun, 06 Nov 1994 08:49:37 GMT",
                            "Sunday, 06-Nov-94 08:49:37 GMT",
                            "Sun Nov  6 08:49:37 1994",
                            "sun, 06 nov 1994 08:49:37 gmt",
                            "6 Nov 1994 08:49:37 UT",
                            "Sun, 06 Nov 1994 03:49:37 EST",
                            "Sun, 06 Nov 1994 00:49:37 pst",
                            "Sun, 06 Nov 1994 08:49:37 GMT (when the window ends (UTC))",
                            "Sun, 06 Nov 1994 09:49:37 +0100 (CET)",
                            "Sun, 06 Nov 1994 03:49:37 -05:00",
                            "Sun Nov 06 1994 08:49:37 GMT+0000 (Coordinated Universal Time)",
                            "Sun Nov 06 1994 09:49:37 GMT+0100 (Central European Standard Time)",
                            "1994-11-06T08:49:37Z",
                            "1994-11-06T08:49:36.500Z",
                            "1994-11-06T09:49:37+01:00"}) {
    for (const char* name : {"Retry-After", "X-RateLimit-Reset"}) {
      EXPECT_EQ(wait_after(429, {{"Date", "Sun, 06 Nov 1994 08:49:00 GMT"}, {name, value}}), 37s)
          << name << ": " << value;
    }
  }
}

TEST(AHint, CountsFromTheServersDateInEverySpelling) {
  for (const char* date :
       {"Sunday, 06-Nov-94 08:49:00 GMT", "Sun Nov  6 08:49:00 1994", "1994-11-06T08:49:00Z"}) {
    EXPECT_EQ(wait_after(429, {{"Date", date}, {"Retry-After", "784111777"}}), 37s) << date;
  }
}

TEST(AHint, WithATwoDigitYearIsInThisCenturyOrTheEndOfTheLast) {
  EXPECT_EQ(wait_after(429, {{"Date", "Mon, 23 Nov 2026 18:00:00 GMT"},
                             {"Retry-After", "Monday, 23-Nov-26 18:00:37 GMT"}}),
            37s);
  EXPECT_EQ(wait_after(429, {{"Date", "Thu, 01 Jan 1970 00:00:00 GMT"},
                             {"Retry-After", "Thursday, 01-Jan-70 00:00:37 GMT"}}),
            37s);
}

TEST(AHint, ThatRepeatsAPartOfItsDateIsInvalid) {
  for (const char* value :
       {"Sun, 06 Nov Nov 1994 08:49:37 GMT", "Sun, 06 Nov Dec 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT UTC", "Sun, 06 Nov 1994 08:49:37 EST EST",
        "Sun, 06 Nov 1994 08:49:37 +0000 +0000"}) {
    EXPECT_EQ(wait_after(429, {{"Date", "Sun, 06 Nov 1994 08:49:00 GMT"}, {"Retry-After", value}}),
              own_backoff)
        << value;
  }
}

// Even a caller without a time limit does not expect to wait for days.
TEST(AHint, OfMoreThanAnHourIsNotWaitedForEvenWithoutALimit) {
  FakeClient fake;
  fake.transport->respond_with([](const auto&) {
    return http::Response{429, {{"Retry-After", "3601"}}, ""};
  });
  const auto error =
      thrown<RateLimitError>([&] { (void)fake.client.workspaces().get({.timeout = 0ms}); });
  EXPECT_EQ(error.attempts(), 1);
  EXPECT_EQ(error.retry_after(), 3601s);
  EXPECT_TRUE(fake.clock->waits().empty());
}

}  // namespace
}  // namespace segment::testing
