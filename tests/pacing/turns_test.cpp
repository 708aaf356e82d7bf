// Who may send when, as long as only what is published is known.
#include "turns.hpp"

#include <atomic>
#include <thread>

namespace segment::testing {
namespace {

TEST(ALimit, IsKeptFromTheFirstCallOn) {
  Turns turns{.thing = Turns::operation(3)};
  EXPECT_EQ(turns.burst(), 3);
  EXPECT_EQ(turns.send(), Wait(1min));
  turns.now += 59s;
  EXPECT_EQ(turns.send(), Wait(1s));
  turns.now += 1s;
  EXPECT_EQ(turns.burst(), 3);
}

TEST(ALimit, CountsARequestFromItsAnswerOn) {
  Turns turns{.thing = Turns::operation(1)};
  auto turn = turns.acquire();
  EXPECT_EQ(turns.wait(turn), Wait());
  turns.now += 20s;
  EXPECT_EQ(turns.send(), Wait(1min)) << "on its way, who knows where";
  turn->used(turns.now);
  turn.reset();
  turns.now += 59s;
  EXPECT_EQ(turns.send(), Wait(1s)) << "it may have been counted just before its answer";
  turns.now += 1s;
  EXPECT_EQ(turns.send(), Wait());
}

TEST(ALimit, OfADayIsOne) {
  Turns turns{.thing = Turns::operation(2, RatePeriod::day)};
  EXPECT_EQ(turns.burst(), 2);
  EXPECT_EQ(turns.send(), Wait(24h));
}

// So many places are not kept one by one.
TEST(ALimit, OfThousandsGivesNoPlaceBackBeforeItsTime) {
  Turns turns{.thing = Turns::operation(4000)};
  constexpr int sent = 1025;
  for (int i = 0; i < sent; ++i) {
    EXPECT_EQ(turns.send(), Wait());
    turns.now += 10ms;
  }
  turns.now = TimePoint(1h) + 1min;
  EXPECT_GE(turns.left()->remaining, 4000 - sent);
  for (int back = 1; back <= sent; ++back) {
    EXPECT_LE(turns.left()->remaining, 4000 - sent + back) << back;
    turns.now += 10ms;
  }
  EXPECT_EQ(turns.left()->remaining, 4000);
}

TEST(AnOperationWithoutALimit, TakesNoTurn) {
  Turns turns{.thing = Turns::operation(0)};
  EXPECT_EQ(turns.acquire(), nullptr);
  EXPECT_EQ(turns.left(), std::nullopt);
}

TEST(AnOperation, DoesNotWaitForAnother) {
  Turns turns;
  turns.burst();
  turns.thing.id = "getOtherThing";
  EXPECT_EQ(turns.send(), Wait());
}

TEST(TheLastQuarter, IsSpreadOverTheTimeThatIsLeft) {
  Turns turns{.thing = Turns::operation(12, RatePeriod::second)};
  EXPECT_EQ(turns.burst(), 9);
  std::vector<Wait> waits;
  while (waits.size() < 3) {
    waits.push_back(turns.send());
    ASSERT_TRUE(waits.back());
    turns.now += *waits.back();
    EXPECT_EQ(turns.send(), Wait());
  }
  EXPECT_EQ(waits, (std::vector<Wait>{250ms, 250ms, 250ms}));
  EXPECT_EQ(turns.send(), Wait(250ms));
}

TEST(TheLastQuarter, HoldsNobodyBackForLongWhereThereIsRoom) {
  Turns turns{.thing = Turns::operation(120, RatePeriod::day)};
  EXPECT_EQ(turns.burst(), 90);
  for (int i = 0; i < 30; ++i) {
    const Wait wait = turns.send();
    ASSERT_TRUE(wait);
    EXPECT_LE(*wait, 1s);
    turns.now += *wait;
    EXPECT_EQ(turns.send(), Wait());
  }
  EXPECT_GT(turns.send(), Wait(23h)) << "now there is none left";
}

// The line ----------------------------------------------------------------------------------------

TEST(TheLine, IsFirstComeFirstServed) {
  Turns turns{.thing = Turns::operation(1)};
  (void)turns.send();
  const auto first = turns.acquire();
  const auto second = turns.acquire();
  EXPECT_EQ(turns.wait(first), Wait(1min));
  EXPECT_EQ(turns.wait(second), Wait(2min));
  turns.now += 1min;
  EXPECT_NE(turns.wait(second), Wait()) << "asked before the one ahead";
  EXPECT_EQ(turns.wait(first), Wait());
}

TEST(TheLine, DoesNotStandStillForOneWhoSleepsOn) {
  Turns turns{.thing = Turns::operation(2)};
  turns.burst();
  const auto sleeper = turns.acquire();
  const auto second = turns.acquire();
  turns.now += 1min;
  EXPECT_EQ(turns.wait(second), Wait());
  EXPECT_EQ(turns.wait(sleeper), Wait()) << "its room was kept";
}

TEST(TheLine, LetsACallThatWasRefusedGoFirst) {
  Turns turns{.thing = Turns::operation(1)};
  (void)turns.send();
  const auto waiting = turns.acquire();
  const auto again = turns.acquire(2);
  turns.now += 1min;
  EXPECT_NE(turns.wait(waiting), Wait());
  EXPECT_EQ(turns.wait(again), Wait());
}

TEST(ATurnThatGivesUp, GivesItsPlaceToTheNext) {
  Turns turns{.thing = Turns::operation(1)};
  (void)turns.send();
  auto first = turns.acquire();
  const auto second = turns.acquire();
  EXPECT_EQ(turns.wait(second), Wait(2min));
  first.reset();
  EXPECT_EQ(turns.wait(second), Wait(1min));
}

TEST(ATurnThatGivesUp, AfterAYesGivesItsRoomBack) {
  Turns turns{.thing = Turns::operation(1)};
  auto turn = turns.acquire();
  EXPECT_EQ(turns.wait(turn), Wait());
  turn.reset();
  EXPECT_EQ(turns.send(), Wait());
}

TEST(ATurn, MayOutliveItsLimiter) {
  Turns turns;
  const auto turn = turns.acquire();
  turns.limiter.reset();
  EXPECT_EQ(turns.wait(turn), Wait());
  turn->used(turns.now);
}

TEST(ALimiter, LetsThroughNoMoreThanTheLimitToManyThreads) {
  Turns turns{.thing = Turns::operation(100)};
  std::atomic<int> sent = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int call = 0; call < 50; ++call) {
          const auto turn = turns.limiter->acquire(turns.thing, 1, turns.now);
          if (turn->wait_until(turns.now)) continue;
          ++sent;
          turn->used(turns.now);
          turns.limiter->observe(turns.thing, counted(sent, 100 - sent), turns.now);
        }
      });
    }
  }
  EXPECT_LE(sent, 100);
  EXPECT_GE(sent, 75) << "what is not spread";
}

TEST(AnUnlimitedLimiter, NeverLetsAnybodyWait) {
  Turns turns{.limiter = RateLimiter::unlimited()};
  turns.observe({.status = 429, .retry_after = 10s, .before_next = 10s});
  EXPECT_EQ(turns.burst(50), 50);
  EXPECT_EQ(turns.left(), std::nullopt);
}

}  // namespace
}  // namespace segment::testing
