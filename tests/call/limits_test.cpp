// Timeouts and deadlines: what ends a call, and with which error.
#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

/// Lets every request take this long, and responds with 503.
void respond_503_after(FakeClient& fake, milliseconds time) {
  fake.transport->respond_with([&fake, time](const auto&) {
    fake.clock->advance(time);
    return http::Response{503, {}, ""};
  });
}

TEST(AnAttempt, MayTakeNoLongerThanTheCallHasLeft) {
  FakeClient fake({.timeouts = {.per_attempt = 4s, .call = 10s}});
  respond_503_after(fake, 3s);
  EXPECT_THROW((void)fake.client.workspaces().get(), ServerError);
  std::vector<milliseconds> limits;
  for (const auto& request : fake.transport->requests())
    limits.push_back(request.limits.attempt_timeout);
  // 10 s, then after 3 s and a wait of 0.5 s, then after 3 s and a wait of 1 s: 2.5 s are left.
  EXPECT_EQ(limits, (std::vector<milliseconds>{4s, 4s, 2500ms}));
}

TEST(AnAttempt, HasNoLimitIfNoneIsSet) {
  FakeClient fake({.timeouts = {.per_attempt = 0ms, .call = 0ms}});
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  EXPECT_EQ(fake.transport->last_request().limits.attempt_timeout, 0ms);
}

TEST(AnAttempt, WithoutALimitOfItsOwnHasThatOfTheCall) {
  FakeClient fake;
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get({.timeout = 20s, .attempt_timeout = 0ms});
  EXPECT_EQ(fake.transport->last_request().limits.attempt_timeout, 20s);
}

TEST(AnAttempt, WithHardlyAnyTimeLeftStillHasALimit) {
  FakeClient fake;
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get({.deadline = fake.clock->now() + 1ns});
  EXPECT_EQ(fake.transport->last_request().limits.attempt_timeout, 1ms)
      << "zero would mean no limit";
}

TEST(AnAttempt, WithANegativeLimitStillHasALimit) {
  FakeClient fake;
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get({.timeout = 0ms, .attempt_timeout = -5ms});
  EXPECT_EQ(fake.transport->last_request().limits.attempt_timeout, 1ms);
}

TEST(ACall, PrefersItsOwnLimitsToTheClients) {
  FakeClient fake({.timeouts = {.per_attempt = 4s, .call = 1s}});
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get({.timeout = 60s, .attempt_timeout = 40s});
  EXPECT_EQ(fake.transport->last_request().limits.attempt_timeout, 40s);
}

TEST(ACall, EndsAtTheEarlierOfTimeoutAndDeadline) {
  FakeClient fake;
  fake.transport->respond_with([](const auto&) {
    return http::Response{200, {}, string(a_workspace)};
  });
  const auto now = fake.clock->now();
  (void)fake.client.workspaces().get({.timeout = 5s, .deadline = now + 7s});
  EXPECT_EQ(fake.transport->last_request().limits.attempt_timeout, 5s);
  (void)fake.client.workspaces().get({.timeout = 7s, .deadline = now + 5s});
  EXPECT_EQ(fake.transport->last_request().limits.attempt_timeout, 5s);
}

TEST(ACall, WhoseDeadlineHasPassedSendsNothing) {
  FakeClient fake;
  const auto error = thrown<TimeoutError>(
      [&] { (void)fake.client.workspaces().get({.deadline = fake.clock->now() - 1ms}); });
  EXPECT_EQ(error.attempts(), 0);
  EXPECT_FALSE(error.outcome_unknown());
  EXPECT_EQ(fake.sent(), 0U);
}

// A caller that passes on its remaining time may pass on less than nothing.
TEST(ACall, WhoseTimeoutIsNegativeSendsNothing) {
  FakeClient fake;
  const auto error =
      thrown<TimeoutError>([&] { (void)fake.client.workspaces().get({.timeout = -1ms}); });
  EXPECT_EQ(error.attempts(), 0);
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(ACall, MayHaveTheLargestTimeLimits) {
  FakeClient fake;
  fake.transport->add(503, "").add(200, string(a_workspace));
  EXPECT_NO_THROW((void)fake.client.workspaces().get(
      {.timeout = milliseconds::max(), .deadline = std::chrono::steady_clock::time_point::max()}));
  EXPECT_EQ(fake.transport->last_request().limits.attempt_timeout, 60s);
  fake.transport->add(200, string(a_workspace));
  EXPECT_THROW((void)fake.client.workspaces().get({.timeout = milliseconds::min()}), TimeoutError);
}

TEST(AWait, ThatWouldExceedTheLimitIsNotStartedAndTheLastErrorIsThrown) {
  FakeClient fake;
  respond_503_after(fake, 0ms);
  // Waits of 0.5 s and 1 s fit into 3 s; the next one of 2 s does not.
  const auto error =
      thrown<ServerError>([&] { (void)fake.client.workspaces().get({.timeout = 3s}); });
  EXPECT_EQ(error.attempts(), 3);
  EXPECT_EQ(error.status(), 503);
  EXPECT_TRUE(error.retryable());
  EXPECT_EQ(fake.clock->waits(), (std::vector<milliseconds>{500ms, 1s}));
  EXPECT_TRUE(contains(error.what(), "would exceed the call's time limit")) << error.what();
}

TEST(AWait, ThatWouldEndExactlyAtTheLimitIsNotStarted) {
  FakeClient fake;
  respond_503_after(fake, 0ms);
  EXPECT_THROW((void)fake.client.workspaces().get({.timeout = 500ms}), ServerError);
  EXPECT_EQ(fake.sent(), 1U);
  EXPECT_TRUE(fake.clock->waits().empty());
  EXPECT_THROW((void)fake.client.workspaces().get({.timeout = 501ms}), ServerError);
  EXPECT_EQ(fake.sent(), 3U);
}

TEST(AWait, ThatTheServerRequestsButTheLimitForbidsIsInTheError) {
  FakeClient fake;
  fake.transport->add(429, "", {{"Retry-After", "60"}});
  const auto error =
      thrown<RateLimitError>([&] { (void)fake.client.workspaces().get({.timeout = 59s}); });
  EXPECT_EQ(error.retry_after(), 60s);
  EXPECT_TRUE(error.retryable());
  EXPECT_EQ(error.attempts(), 1);
  EXPECT_TRUE(fake.clock->waits().empty());
}

TEST(AWait, ThatWouldExceedTheLimitAfterABrokenConnectionThrowsItsError) {
  FakeClient fake;
  fake.transport->add(broken());
  const auto error =
      thrown<TransportError>([&] { (void)fake.client.workspaces().get({.timeout = 500ms}); });
  EXPECT_TRUE(contains(error.what(), "the connection broke")) << error.what();
  EXPECT_EQ(error.attempts(), 1);
}

/// A clock whose waits take longer than they should.
class SluggishClock final : public Clock {
 public:
  [[nodiscard]] std::chrono::steady_clock::time_point now() const override { return now_; }
  [[nodiscard]] std::chrono::system_clock::time_point system_now() const override { return {}; }
  bool wait_until(std::chrono::steady_clock::time_point until, const std::stop_token&) override {
    now_ = until + 1min;
    return true;
  }

 private:
  std::chrono::steady_clock::time_point now_{1h};
};

TEST(AWait, ThatOverrunsTheLimitEndsWithTheLastError) {
  FakeClient fake({.clock = std::make_shared<SluggishClock>()});
  fake.transport->add(503, "");
  const auto error =
      thrown<ServerError>([&] { (void)fake.client.workspaces().get({.timeout = 10s}); });
  EXPECT_EQ(error.attempts(), 1);
  EXPECT_TRUE(contains(error.what(), "time limit expired")) << error.what();
}

TEST(ACall, WithASlowTokenProviderStillEndsAtItsLimit) {
  const auto clock = std::make_shared<ManualClock>();
  FakeClient fake({.token_provider =
                       [clock] {
                         clock->advance(4s);
                         return Token(std::string(test_token));
                       },
                   .clock = clock});
  fake.transport->add(200, std::string(a_workspace));
  (void)fake.client.workspaces().get({.timeout = 10s});
  EXPECT_EQ(fake.transport->last_request().limits.attempt_timeout, 6s);
  const auto error =
      thrown<TimeoutError>([&] { (void)fake.client.workspaces().get({.timeout = 3s}); });
  EXPECT_EQ(fake.sent(), 1U) << "nothing is sent past its limit";
  EXPECT_EQ(error.attempts(), 0);
}

TEST(TheDefaultLimits, AreFiniteAndAsDocumented) {
  FakeClient fake;
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  const http::Limits limits = fake.transport->last_request().limits;
  EXPECT_EQ(limits.connect_timeout, 10s);
  EXPECT_EQ(limits.attempt_timeout, 60s);
  EXPECT_EQ(limits.stall_timeout, 30s);
  EXPECT_EQ(limits.max_response_bytes, std::size_t{64} * 1024 * 1024);

  respond_503_after(fake, 100s);  // a call of five minutes has time for three of these
  EXPECT_EQ(thrown<ServerError>([&] { (void)fake.client.workspaces().get(); }).attempts(), 3);
}

}  // namespace
}  // namespace segment::testing
