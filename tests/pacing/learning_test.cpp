// What answers teach.
#include "turns.hpp"

namespace segment::testing {
namespace {

constexpr std::int64_t quintillion = 1'000'000'000'000'000'000;

TEST(AnAnswerThatNobodyCounted, EndsThePacing) {
  Turns turns;
  turns.burst();
  turns.observe({.status = 200});
  EXPECT_EQ(turns.burst(50), 50);
  EXPECT_EQ(turns.left(), std::nullopt);
}

TEST(AnAnswerThatNobodyCounted, IsForgottenWhenOneWasCounted) {
  Turns turns;
  turns.observe({.status = 200});
  turns.observe(counted(1, 3));
  EXPECT_LE(turns.burst(), 4);
  turns.observe({.status = 200});
  turns.observe({.status = 429});
  EXPECT_NE(turns.send(), Wait());
}

TEST(AFailureWithoutHeaders, SaysNothingAboutLimits) {
  Turns turns;
  turns.burst();
  turns.observe({.status = 404});
  turns.observe({.status = 503});
  EXPECT_NE(turns.send(), Wait());
}

TEST(AFigureThatDisagreesWithThePublishedOne, Wins) {
  for (const int limit : {2, 3, 40}) {
    Turns turns;
    EXPECT_EQ(turns.send(), Wait());
    turns.observe(counted(1, limit - 1));
    EXPECT_EQ(turns.left()->limit, limit);
    EXPECT_EQ(turns.left()->remaining, limit - 1);
  }
}

TEST(AnOperationWithoutAPublishedLimit, LearnsOne) {
  Turns turns{.thing = Turns::operation(0)};
  turns.observe(counted(7, 0, 20s));
  EXPECT_EQ(turns.send(), Wait(21s)) << "dates are whole seconds";
  EXPECT_EQ(turns.left(), (RemainingQuota{.limit = 7, .remaining = 0, .available_in = 21s}));
}

TEST(WhatSomebodyElseTook, IsNotThereAnyMore) {
  Turns turns{.thing = Turns::operation(100)};
  EXPECT_EQ(turns.send(), Wait());
  turns.observe(counted(90, 10));
  EXPECT_EQ(turns.left()->remaining, 10);
  turns.observe(counted(90, 10));
  EXPECT_EQ(turns.left()->remaining, 10) << "taken once";
}

TEST(TheReset, GivesRoomBackBeforeAPeriodIsOver) {
  Turns turns;
  turns.burst();
  turns.observe(counted(4, 0, 10s));
  turns.now += 11s;
  EXPECT_EQ(turns.send(), Wait());
}

TEST(AbsurdFigures, DoNoHarm) {
  for (const auto& absurd :
       {counted(-5, 3), counted(5, -3), counted(1, quintillion), counted(quintillion, quintillion),
        counted(0, 0), counted(4, 0, std::chrono::hours(24 * 365)), counted(4, 0, -5s)}) {
    Turns turns;
    EXPECT_EQ(turns.send(), Wait());
    turns.observe(absurd);
    EXPECT_EQ(turns.left()->limit, 4);
    turns.now += 1min;
    EXPECT_EQ(turns.send(), Wait()) << "a period later at the latest";
  }
}

// Refusals ----------------------------------------------------------------------------------------

TEST(ARefusal, HoldsItsOperationForAsLongAsItSays) {
  Turns turns{.thing = Turns::operation(0)};
  turns.observe({.status = 429, .before_next = 1234ms});
  EXPECT_EQ(turns.send(), Wait(1234ms));
  EXPECT_EQ(turns.left(), (RemainingQuota{.limit = 0, .remaining = 0, .available_in = 1234ms}));
  const Operation other{.id = "getOther", .group = "things"};
  EXPECT_EQ(turns.limiter->acquire(other, 1, turns.now), nullptr);
  turns.now += 1234ms;
  EXPECT_EQ(turns.send(), Wait());
}

TEST(ARefusal, OfTheTokenHoldsEveryOperation) {
  Turns turns;
  turns.observe({.status = 429, .retry_after = 7s});
  EXPECT_EQ(turns.send(), Wait(7s));
  EXPECT_EQ(turns.left()->remaining, 0);
  turns.thing = {.id = "call"};
  EXPECT_EQ(turns.send(), Wait(7s)) << "also one that nothing is known of";
  turns.now += 7s;
  EXPECT_EQ(turns.acquire(), nullptr);
}

TEST(ARefusal, WithAResetAloneHoldsForAPeriodAtMost) {
  Turns turns;
  turns.observe({.status = 429, .reset = 20s});
  EXPECT_EQ(turns.send(), Wait(20s));
  turns.observe({.status = 429, .reset = 20h});
  EXPECT_EQ(turns.send(), Wait(1min));
}

TEST(ARefusal, OfADaysLimitMayHoldForADayAndAnyOtherForAnHour) {
  Turns day{.thing = Turns::operation(120, RatePeriod::day)};
  day.observe({.status = 429, .before_next = 20h});
  EXPECT_EQ(day.send(), Wait(20h));
  Turns minute;
  minute.observe({.status = 429, .retry_after = 20h, .before_next = 20h});
  EXPECT_EQ(minute.send(), Wait(1h));
}

TEST(ARefusal, OfOneOperationHoldsItForAnHourAtMost) {
  Turns turns;
  turns.observe({.status = 429, .before_next = 20h});
  EXPECT_EQ(turns.send(), Wait(1h));
}

TEST(ARefusal, OfACallByVerbAndPathSaysNothingAboutTheNext) {
  Turns turns{.thing = {.id = "call"}};
  turns.observe({.status = 429, .consumed = 5, .remaining = 0, .before_next = 9s});
  EXPECT_EQ(turns.send(), Wait());
}

TEST(ARefusal, ThatCountsItselfDoesNotRaiseTheLimit) {
  Turns turns;
  turns.observe({.status = 429, .counted = true, .consumed = 5, .remaining = 0});
  EXPECT_EQ(turns.left()->limit, 4);
}

TEST(ARefusal, BeforeThePublishedLimitTellsALowerOne) {
  Turns turns;
  turns.observe({.status = 429, .counted = true, .consumed = 3, .remaining = 0});
  EXPECT_EQ(turns.left()->limit, 3);
}

// How much is left --------------------------------------------------------------------------------

TEST(TheAllowance, IsWhatIsPublishedAtFirst) {
  const Turns turns;
  EXPECT_EQ(turns.left(), (RemainingQuota{.limit = 4, .remaining = 4}));
}

TEST(TheAllowance, SaysWhenThereIsMore) {
  Turns turns;
  EXPECT_EQ(turns.send(), Wait());
  turns.now += 20s;
  EXPECT_EQ(turns.left(), (RemainingQuota{.limit = 4, .remaining = 3, .available_in = 40s}));
}

}  // namespace
}  // namespace segment::testing
