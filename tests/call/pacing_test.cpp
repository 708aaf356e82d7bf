// Calls wait for their operation's rate limit, as far as it is known, so that a 429 is rare.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <stop_token>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using namespace std::chrono_literals;
using Waits = std::vector<std::chrono::milliseconds>;

// Its published limit is two per minute.
void limited_call(const Client& client, const CallOptions& options = {}) {
  (void)client.selective_sync().list_warehouse_syncs_page(WarehouseId("w"), {}, options);
}

http::Response counted(int consumed, int remaining) {
  return {200,
          {{"X-RateLimit-Consumed", std::to_string(consumed)},
           {"X-RateLimit-Remaining", std::to_string(remaining)}},
          R"({"data":{"reports":[],"pagination":{"current":"a"}}})"};
}

/// The total of all waits.
std::chrono::milliseconds waited(const FakeClient& fake) {
  std::chrono::milliseconds sum{};
  for (const auto wait : fake.clock->waits()) sum += wait;
  return sum;
}

/// Responds to every request, and counts as the published limit says.
void respond_counting(FakeClient& fake) {
  fake.transport->respond_with([n = 0](const auto&) mutable {
    const int consumed = n++ % 2 + 1;
    return counted(consumed, 2 - consumed);
  });
}

TEST(ACall, WaitsForItsRateLimitBeforeItIsSent) {
  FakeClient fake;
  respond_counting(fake);
  limited_call(fake.client);
  limited_call(fake.client);
  EXPECT_EQ(fake.clock->waits(), Waits{});
  limited_call(fake.client);
  EXPECT_EQ(waited(fake), 60s);
  EXPECT_EQ(fake.sent(), 3U);
}

TEST(ACall, ThatNeverReachedTheServerDoesNotCountAgainstItsLimit) {
  const auto left_after = [](const http::Failure& failure) {
    FakeClient fake;
    fake.transport->add(failure);
    EXPECT_THROW(limited_call(fake.client, {.max_attempts = 1}), TransportError);
    const auto left = fake.client.remaining_quota(operations::selective_sync::list_warehouse_syncs);
    return left.value_or(RemainingQuota{}).remaining;
  };
  EXPECT_EQ(left_after(refused()), 2);
  EXPECT_EQ(left_after(broken()), 1) << "the server may have counted it";
}

TEST(ACall, ThatWaitsForItsRateLimitResumesSoonIfThereTurnsOutToBeNone) {
  const auto limiter = RateLimiter::create();
  std::shared_ptr<Clock> clock;
  FakeClient fake({.rate_limiter = limiter, .on_event = [&](const CallEvent& event) {
                     // Meanwhile the response to another call shows that the server does not count.
                     if (event.kind == CallEvent::Kind::permit_waited) {
                       limiter->observe(event.operation, {.status = 200}, clock->now());
                     }
                   }});
  clock = fake.clock;
  respond_counting(fake);
  limited_call(fake.client);
  limited_call(fake.client);
  limited_call(fake.client);
  EXPECT_EQ(waited(fake), 1s);
}

TEST(ACall, WhoseObserverThrowsStillCountsAgainstTheLimit) {
  FakeClient fake;
  respond_counting(fake);
  const CallOptions throwing{
      .on_response = [](const auto&) { throw std::runtime_error("of the caller's"); }};
  EXPECT_THROW(limited_call(fake.client, throwing), std::runtime_error);
  EXPECT_THROW(limited_call(fake.client, throwing), std::runtime_error);
  thrown<LocalLimitError>([&] { limited_call(fake.client, {.timeout = 10s}); });
}

/// A limiter whose store is down.
class BrokenLimiter final : public RateLimiter {
  using TimePoint = std::chrono::steady_clock::time_point;

 public:
  std::unique_ptr<RatePermit> acquire(const Operation&, int, TimePoint) override { return nullptr; }
  void observe(const Operation&, const RateObservation&, TimePoint) override {
    throw std::runtime_error("the store is down");
  }
  std::optional<RemainingQuota> remaining_quota(const Operation&, TimePoint) const override {
    return {};
  }
};

TEST(ALimiter, ThatThrowsAfterTheResponseLosesNoResponse) {
  FakeClient fake({.rate_limiter = std::make_shared<BrokenLimiter>()});
  fake.transport->add(200, string(a_source));
  EXPECT_NO_THROW((void)fake.client.sources().get(SourceId("s")));
}

// Contrary to its contract, it never returns a time later than now.
class ImpatientLimiter final : public RateLimiter {
  using TimePoint = std::chrono::steady_clock::time_point;

  struct Turn final : RatePermit {
    explicit Turn(int& the_count) : count(the_count) {}
    std::optional<TimePoint> retry_at(TimePoint now) override {
      ++count;
      return now;
    }
    void complete(TimePoint) override {}
    int& count;
  };

 public:
  std::unique_ptr<RatePermit> acquire(const Operation&, int, TimePoint) override {
    return std::make_unique<Turn>(asked);
  }
  void observe(const Operation&, const RateObservation&, TimePoint) override {}
  std::optional<RemainingQuota> remaining_quota(const Operation&, TimePoint) const override {
    return {};
  }
  int asked = 0;
};

TEST(ALimiter, ThatKeepsSayingNowIsAskedLessAndLessOften) {
  const auto limiter = std::make_shared<ImpatientLimiter>();
  FakeClient fake({.rate_limiter = limiter});
  thrown<LocalLimitError>(
      [&] { (void)fake.client.sources().get(SourceId("s"), {.timeout = 500ms}); });
  EXPECT_EQ(limiter->asked, 9) << "after 1, 2, 4 ... ms";
  thrown<LocalLimitError>(
      [&] { (void)fake.client.sources().get(SourceId("s"), {.timeout = 1min}); });
  EXPECT_LT(limiter->asked, 100);
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(ACall, IsHeldBackByTheCallsOfACopyAndOfAClientWithTheSameLimiter) {
  const auto limiter = RateLimiter::create();
  FakeClient first({.rate_limiter = limiter});
  FakeClient second({.rate_limiter = limiter});
  respond_counting(first);
  respond_counting(second);
  limited_call(first.client);
  const Client copy = first.client;
  limited_call(copy);
  const auto error = thrown<LocalLimitError>([&] { limited_call(second.client, {.timeout = 1s}); });
  EXPECT_EQ(second.sent(), 0U) << error.what();
}

TEST(ACall, ThatWouldWaitPastItsTimeLimitFailsImmediatelyAndIsNotSent) {
  FakeClient fake;
  respond_counting(fake);
  limited_call(fake.client);
  limited_call(fake.client);
  const auto error = thrown<LocalLimitError>([&] { limited_call(fake.client, {.timeout = 10s}); });
  EXPECT_EQ(error.status(), 0);
  EXPECT_EQ(error.attempts(), 0);
  EXPECT_EQ(error.retry_after(), 60s);
  EXPECT_TRUE(error.retryable());
  EXPECT_FALSE(error.outcome_unknown());
  EXPECT_TRUE(contains(error.what(), "was not sent")) << error.what();
  EXPECT_TRUE(contains(error.what(), "retry after 60 s")) << error.what();
  EXPECT_EQ(fake.sent(), 2U);
  EXPECT_EQ(fake.clock->waits(), Waits{});
}

TEST(ACall, IsNotHeldBackIfTheServerDoesNotCount) {
  FakeClient fake;
  fake.transport->respond_with([](const auto&) {
    return http::Response{200, {}, R"({"data":{"reports":[],"pagination":{"current":"a"}}})"};
  });
  for (int i = 0; i < 10; ++i) limited_call(fake.client);
  EXPECT_EQ(fake.clock->waits(), Waits{});
}

TEST(ACall, IsNotHeldBackByALimiterWithoutLimits) {
  FakeClient fake({.rate_limiter = RateLimiter::unlimited()});
  respond_counting(fake);
  for (int i = 0; i < 10; ++i) limited_call(fake.client);
  EXPECT_EQ(fake.clock->waits(), Waits{});
}

TEST(ACall, LearnsAnUnpublishedLimitFromTheResponses) {
  FakeClient fake;
  fake.transport->respond_with([n = 0](const auto&) mutable {
    ++n;
    return http::Response{200,
                          {{"X-RateLimit-Consumed", std::to_string(n)},
                           {"X-RateLimit-Remaining", std::to_string(3 - n)}},
                          string(a_workspace)};
  });
  EXPECT_FALSE(fake.client.remaining_quota(operations::workspaces::get).has_value());
  for (int i = 0; i < 3; ++i) (void)fake.client.workspaces().get();
  const auto remaining_quota = fake.client.remaining_quota(operations::workspaces::get);
  ASSERT_TRUE(remaining_quota.has_value());
  EXPECT_EQ(remaining_quota->limit, 3);
  EXPECT_EQ(remaining_quota->remaining, 0);
  EXPECT_GT(remaining_quota->available_in, 0s);
}

TEST(ACall, RefusedForTheTokenAsAWholeHoldsBackEveryOther) {
  FakeClient fake;
  fake.transport->add(429, "", {{"Retry-After", "30"}}).add(200, string(a_workspace));
  thrown<RateLimitError>(
      [&] { (void)fake.client.sources().get(SourceId("s"), {.max_attempts = 1}); });
  (void)fake.client.workspaces().get();
  EXPECT_EQ(waited(fake), 30s);
}

TEST(TheWaitForARateLimit, IsAnEventAndNotAnAttempt) {
  std::vector<string> kinds;
  FakeClient fake({.on_event = [&](const CallEvent& event) {
    kinds.emplace_back(to_string(event.kind));
    if (event.kind == CallEvent::Kind::permit_waited) {
      EXPECT_EQ(event.duration, 60s);
      EXPECT_EQ(event.attempt, 1);
    }
  }});
  respond_counting(fake);
  limited_call(fake.client);
  limited_call(fake.client);
  kinds.clear();
  limited_call(fake.client);
  EXPECT_EQ(kinds, (std::vector<string>{"call_started", "permit_waited", "attempt_sent",
                                        "response_received", "call_ended"}));
}

TEST(TheWaitForARateLimit, EndsWhenTheCallerRequestsAStop) {
  FakeClient fake;
  respond_counting(fake);
  limited_call(fake.client);
  limited_call(fake.client);
  std::stop_source stop;
  stop.request_stop();
  thrown<CancelledError>([&] { limited_call(fake.client, {.stop = stop.get_token()}); });
  EXPECT_EQ(fake.sent(), 2U);
}

TEST(TheRemainingQuota, OfAPublishedLimitIsKnownBeforeTheFirstCall) {
  const FakeClient fake;
  const auto remaining_quota =
      fake.client.remaining_quota(operations::selective_sync::list_warehouse_syncs);
  ASSERT_TRUE(remaining_quota.has_value());
  EXPECT_EQ(*remaining_quota, (RemainingQuota{.limit = 2, .remaining = 2, .available_in = 0ms}));
  EXPECT_EQ(fake.sent(), 0U);
}

}  // namespace
}  // namespace segment::testing
