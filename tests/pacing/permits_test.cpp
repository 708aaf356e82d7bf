// Who may send when, as long as only the published limits are known.
#include "permits.hpp"

#include <atomic>
#include <thread>

namespace segment::testing {
namespace {

TEST(ALimit, AppliesFromTheFirstCallOn) {
  Permits permits{.thing = Permits::operation(3)};
  EXPECT_EQ(permits.burst(), 3);
  EXPECT_EQ(permits.send(), Wait(1min));
  permits.now += 59s;
  EXPECT_EQ(permits.send(), Wait(1s));
  permits.now += 1s;
  EXPECT_EQ(permits.burst(), 3);
}

TEST(ALimit, CountsARequestFromItsResponseOn) {
  Permits permits{.thing = Permits::operation(1)};
  auto permit = permits.acquire();
  EXPECT_EQ(permits.wait(permit), Wait());
  permits.now += 20s;
  EXPECT_EQ(permits.send(), Wait(1min)) << "the request is still in flight";
  permit->complete(permits.now);
  permit.reset();
  permits.now += 59s;
  EXPECT_EQ(permits.send(), Wait(1s)) << "it may have been counted just before its response";
  permits.now += 1s;
  EXPECT_EQ(permits.send(), Wait());
}

TEST(ALimit, MayBePerDay) {
  Permits permits{.thing = Permits::operation(2, RatePeriod::day)};
  EXPECT_EQ(permits.burst(), 2);
  EXPECT_EQ(permits.send(), Wait(24h));
}

// So many permits are not kept individually.
TEST(ALimit, OfThousandsReturnsNoPermitTooEarly) {
  Permits permits{.thing = Permits::operation(4000)};
  constexpr int sent = 1025;
  for (int i = 0; i < sent; ++i) {
    EXPECT_EQ(permits.send(), Wait());
    permits.now += 10ms;
  }
  permits.now = TimePoint(1h) + 1min;
  EXPECT_GE(permits.left()->remaining, 4000 - sent);
  for (int back = 1; back <= sent; ++back) {
    EXPECT_LE(permits.left()->remaining, 4000 - sent + back) << back;
    permits.now += 10ms;
  }
  EXPECT_EQ(permits.left()->remaining, 4000);
}

TEST(AnOperationWithoutALimit, NeedsNoPermit) {
  Permits permits{.thing = Permits::operation(0)};
  EXPECT_EQ(permits.acquire(), nullptr);
  EXPECT_EQ(permits.left(), std::nullopt);
}

TEST(AnOperation, DoesNotWaitForAnother) {
  Permits permits;
  permits.burst();
  permits.thing.id = "getOtherThing";
  EXPECT_EQ(permits.send(), Wait());
}

TEST(TheLastQuarter, IsSpreadOverTheRemainingTime) {
  Permits permits{.thing = Permits::operation(12, RatePeriod::second)};
  EXPECT_EQ(permits.burst(), 9);
  std::vector<Wait> waits;
  while (waits.size() < 3) {
    waits.push_back(permits.send());
    ASSERT_TRUE(waits.back());
    permits.now += *waits.back();
    EXPECT_EQ(permits.send(), Wait());
  }
  EXPECT_EQ(waits, (std::vector<Wait>{250ms, 250ms, 250ms}));
  EXPECT_EQ(permits.send(), Wait(250ms));
}

TEST(TheLastQuarter, DelaysNoCallForLongIfThereArePermits) {
  Permits permits{.thing = Permits::operation(120, RatePeriod::day)};
  EXPECT_EQ(permits.burst(), 90);
  for (int i = 0; i < 30; ++i) {
    const Wait wait = permits.send();
    ASSERT_TRUE(wait);
    EXPECT_LE(*wait, 1s);
    permits.now += *wait;
    EXPECT_EQ(permits.send(), Wait());
  }
  EXPECT_GT(permits.send(), Wait(23h)) << "now none is left";
}

// The queue ---------------------------------------------------------------------------------------

TEST(TheQueue, IsFirstComeFirstServed) {
  Permits permits{.thing = Permits::operation(1)};
  (void)permits.send();
  const auto first = permits.acquire();
  const auto second = permits.acquire();
  EXPECT_EQ(permits.wait(first), Wait(1min));
  EXPECT_EQ(permits.wait(second), Wait(2min));
  permits.now += 1min;
  EXPECT_NE(permits.wait(second), Wait()) << "the one ahead has not sent yet";
  EXPECT_EQ(permits.wait(first), Wait());
}

TEST(TheQueue, IsNotHeldUpByAWaiterThatOversleeps) {
  Permits permits{.thing = Permits::operation(2)};
  permits.burst();
  const auto sleeper = permits.acquire();
  const auto second = permits.acquire();
  permits.now += 1min;
  EXPECT_EQ(permits.wait(second), Wait());
  EXPECT_EQ(permits.wait(sleeper), Wait()) << "its place was kept";
}

TEST(TheQueue, AdmitsARetryFirst) {
  Permits permits{.thing = Permits::operation(1)};
  (void)permits.send();
  const auto waiting = permits.acquire();
  const auto again = permits.acquire(2);
  permits.now += 1min;
  EXPECT_NE(permits.wait(waiting), Wait());
  EXPECT_EQ(permits.wait(again), Wait());
}

TEST(ADroppedPermit, LetsTheNextWaiterMoveUp) {
  Permits permits{.thing = Permits::operation(1)};
  (void)permits.send();
  auto first = permits.acquire();
  const auto second = permits.acquire();
  EXPECT_EQ(permits.wait(second), Wait(2min));
  first.reset();
  EXPECT_EQ(permits.wait(second), Wait(1min));
}

TEST(ADroppedPermit, IsReturnedEvenIfItWasGranted) {
  Permits permits{.thing = Permits::operation(1)};
  auto permit = permits.acquire();
  EXPECT_EQ(permits.wait(permit), Wait());
  permit.reset();
  EXPECT_EQ(permits.send(), Wait());
}

TEST(APermit, MayOutliveItsLimiter) {
  Permits permits;
  const auto permit = permits.acquire();
  permits.limiter.reset();
  EXPECT_EQ(permits.wait(permit), Wait());
  permit->complete(permits.now);
}

TEST(ALimiter, GrantsManyThreadsNoMoreThanTheLimit) {
  Permits permits{.thing = Permits::operation(100)};
  std::atomic<int> sent = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int call = 0; call < 50; ++call) {
          const auto permit = permits.limiter->acquire(permits.thing, 1, permits.now);
          if (permit->retry_at(permits.now)) continue;
          ++sent;
          permit->complete(permits.now);
          permits.limiter->observe(permits.thing, counted(sent, 100 - sent), permits.now);
        }
      });
    }
  }
  EXPECT_LE(sent, 100);
  EXPECT_GE(sent, 75) << "the part that is not spread";
}

TEST(AnUnlimitedLimiter, NeverMakesACallWait) {
  Permits permits{.limiter = RateLimiter::unlimited()};
  permits.observe({.status = 429, .retry_after = 10s, .operation_retry_after = 10s});
  EXPECT_EQ(permits.burst(50), 50);
  EXPECT_EQ(permits.left(), std::nullopt);
}

}  // namespace
}  // namespace segment::testing
