// What the limiter learns from responses.
#include "permits.hpp"

namespace segment::testing {
namespace {

constexpr std::int64_t quintillion = 1'000'000'000'000'000'000;

TEST(AnUncountedResponse, EndsThePacing) {
  Permits permits;
  permits.burst();
  permits.observe({.status = 200});
  EXPECT_EQ(permits.burst(50), 50);
  EXPECT_EQ(permits.left(), std::nullopt);
}

TEST(AnUncountedResponse, IsForgottenAfterACountedOne) {
  Permits permits;
  permits.observe({.status = 200});
  permits.observe(counted(1, 3));
  EXPECT_LE(permits.burst(), 4);
  permits.observe({.status = 200});
  permits.observe({.status = 429});
  EXPECT_NE(permits.send(), Wait());
}

TEST(AFailureWithoutHeaders, SaysNothingAboutLimits) {
  Permits permits;
  permits.burst();
  permits.observe({.status = 404});
  permits.observe({.status = 503});
  EXPECT_NE(permits.send(), Wait());
}

TEST(AFigureThatDiffersFromThePublishedOne, TakesPrecedence) {
  for (const int limit : {2, 3, 40}) {
    Permits permits;
    EXPECT_EQ(permits.send(), Wait());
    permits.observe(counted(1, limit - 1));
    EXPECT_EQ(permits.left()->limit, limit);
    EXPECT_EQ(permits.left()->remaining, limit - 1);
  }
}

TEST(AnOperationWithoutAPublishedLimit, LearnsOne) {
  Permits permits{.thing = Permits::operation(0)};
  permits.observe(counted(7, 0, 20s));
  EXPECT_EQ(permits.send(), Wait(21s)) << "dates are whole seconds";
  EXPECT_EQ(permits.left(), (RemainingQuota{.limit = 7, .remaining = 0, .available_in = 21s}));
}

TEST(PermitsUsedBySomebodyElse, AreNoLongerAvailable) {
  Permits permits{.thing = Permits::operation(100)};
  EXPECT_EQ(permits.send(), Wait());
  permits.observe(counted(90, 10));
  EXPECT_EQ(permits.left()->remaining, 10);
  permits.observe(counted(90, 10));
  EXPECT_EQ(permits.left()->remaining, 10) << "used only once";
}

TEST(TheReset, ReturnsPermitsBeforeThePeriodIsOver) {
  Permits permits;
  permits.burst();
  permits.observe(counted(4, 0, 10s));
  permits.now += 11s;
  EXPECT_EQ(permits.send(), Wait());
}

TEST(AbsurdFigures, DoNoHarm) {
  for (const auto& absurd :
       {counted(-5, 3), counted(5, -3), counted(1, quintillion), counted(quintillion, quintillion),
        counted(0, 0), counted(4, 0, std::chrono::hours(24 * 365)), counted(4, 0, -5s)}) {
    Permits permits;
    EXPECT_EQ(permits.send(), Wait());
    permits.observe(absurd);
    EXPECT_EQ(permits.left()->limit, 4);
    permits.now += 1min;
    EXPECT_EQ(permits.send(), Wait()) << "a period later at the latest";
  }
}

// Refusals ----------------------------------------------------------------------------------------

TEST(ARefusal, HoldsItsOperationForAsLongAsItSays) {
  Permits permits{.thing = Permits::operation(0)};
  permits.observe({.status = 429, .operation_retry_after = 1234ms});
  EXPECT_EQ(permits.send(), Wait(1234ms));
  EXPECT_EQ(permits.left(), (RemainingQuota{.limit = 0, .remaining = 0, .available_in = 1234ms}));
  const Operation other{.id = "getOther", .group = "things"};
  EXPECT_EQ(permits.limiter->acquire(other, 1, permits.now), nullptr);
  permits.now += 1234ms;
  EXPECT_EQ(permits.send(), Wait());
}

TEST(ARefusal, OfTheTokenHoldsEveryOperation) {
  Permits permits;
  permits.observe({.status = 429, .retry_after = 7s});
  EXPECT_EQ(permits.send(), Wait(7s));
  EXPECT_EQ(permits.left()->remaining, 0);
  permits.thing = {.id = "call"};
  EXPECT_EQ(permits.send(), Wait(7s)) << "also an unknown operation";
  permits.now += 7s;
  EXPECT_EQ(permits.acquire(), nullptr);
}

TEST(ARefusal, WithAResetAloneHoldsForAPeriodAtMost) {
  Permits permits;
  permits.observe({.status = 429, .reset = 20s});
  EXPECT_EQ(permits.send(), Wait(20s));
  permits.observe({.status = 429, .reset = 20h});
  EXPECT_EQ(permits.send(), Wait(1min));
}

TEST(ARefusal, OfADailyLimitMayHoldForADayAndAnyOtherForAnHour) {
  Permits day{.thing = Permits::operation(120, RatePeriod::day)};
  day.observe({.status = 429, .operation_retry_after = 20h});
  EXPECT_EQ(day.send(), Wait(20h));
  Permits minute;
  minute.observe({.status = 429, .retry_after = 20h, .operation_retry_after = 20h});
  EXPECT_EQ(minute.send(), Wait(1h));
}

TEST(ARefusal, OfOneOperationHoldsItForAnHourAtMost) {
  Permits permits;
  permits.observe({.status = 429, .operation_retry_after = 20h});
  EXPECT_EQ(permits.send(), Wait(1h));
}

TEST(ARefusal, OfACallByVerbAndPathSaysNothingAboutTheNext) {
  Permits permits{.thing = {.id = "call"}};
  permits.observe({.status = 429, .consumed = 5, .remaining = 0, .operation_retry_after = 9s});
  EXPECT_EQ(permits.send(), Wait());
}

TEST(ARefusal, ThatCountsItselfDoesNotRaiseTheLimit) {
  Permits permits;
  permits.observe({.status = 429, .counted = true, .consumed = 5, .remaining = 0});
  EXPECT_EQ(permits.left()->limit, 4);
}

TEST(ARefusal, BeforeThePublishedLimitRevealsALowerOne) {
  Permits permits;
  permits.observe({.status = 429, .counted = true, .consumed = 3, .remaining = 0});
  EXPECT_EQ(permits.left()->limit, 3);
}

// How much is left --------------------------------------------------------------------------------

TEST(TheRemainingQuota, IsWhatIsPublishedAtFirst) {
  const Permits permits;
  EXPECT_EQ(permits.left(), (RemainingQuota{.limit = 4, .remaining = 4}));
}

TEST(TheRemainingQuota, SaysWhenThereIsMore) {
  Permits permits;
  EXPECT_EQ(permits.send(), Wait());
  permits.now += 20s;
  EXPECT_EQ(permits.left(), (RemainingQuota{.limit = 4, .remaining = 3, .available_in = 40s}));
}

}  // namespace
}  // namespace segment::testing
