#include "segment/testing/manual_clock.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace segment::testing {
namespace {

using namespace std::chrono_literals;

TEST(ManualClock, StandsStill) {
  const ManualClock clock(std::chrono::system_clock::time_point{100s});
  EXPECT_EQ(clock.now(), clock.now());
  EXPECT_EQ(clock.system_now(), std::chrono::system_clock::time_point{100s});
}

TEST(ManualClock, AdvanceMovesBothTimes) {
  ManualClock clock(std::chrono::system_clock::time_point{100s});
  const auto start = clock.now();
  clock.advance(1500ms);
  EXPECT_EQ(clock.now() - start, 1500ms);
  EXPECT_EQ(clock.system_now(), std::chrono::system_clock::time_point{101500ms});
  EXPECT_TRUE(clock.waits().empty());
}

TEST(ManualClock, AWaitReturnsAtOnceAdvancesTheClockAndIsRecorded) {
  ManualClock clock;
  const auto start = clock.now();
  EXPECT_TRUE(clock.wait_until(start + 20s, {}));
  EXPECT_TRUE(clock.wait_until(start + 21s, {}));
  EXPECT_EQ(clock.now() - start, 21s);
  EXPECT_EQ(clock.system_now().time_since_epoch(), 21s);
  EXPECT_EQ(clock.waits(), (std::vector<std::chrono::milliseconds>{20s, 1s}));
}

TEST(ManualClock, AWaitUntilAPastTimeTakesNoTime) {
  ManualClock clock;
  const auto start = clock.now();
  EXPECT_TRUE(clock.wait_until(start - 1s, {}));
  EXPECT_EQ(clock.now(), start);
  EXPECT_EQ(clock.waits(), (std::vector<std::chrono::milliseconds>{0ms}));
}

TEST(ManualClock, DoesNotStartAWaitThatWasAlreadyStopped) {
  ManualClock clock;
  const auto start = clock.now();
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(clock.wait_until(start + 1s, stop.get_token()));
  EXPECT_EQ(clock.now(), start);
  EXPECT_TRUE(clock.waits().empty());
}

TEST(SystemClock, IsSharedAndMovesForward) {
  const std::shared_ptr<Clock> clock = Clock::system();
  EXPECT_EQ(clock, Clock::system());
  const auto before = clock->now();
  EXPECT_LE(before, clock->now());
  EXPECT_GT(clock->system_now().time_since_epoch(), 24h * 365 * 50);
}

TEST(SystemClock, AWaitUntilAPastTimeReturnsAtOnce) {
  EXPECT_TRUE(Clock::system()->wait_until({}, {}));
  EXPECT_TRUE(Clock::system()->wait_until(Clock::system()->now() + 1ms, {}));
}

TEST(SystemClock, AStopRequestedBeforehandEndsTheWait) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(Clock::system()->wait_until(Clock::system()->now() + 1h, stop.get_token()));
}

TEST(SystemClock, AStopFromAnotherThreadEndsTheWait) {
  std::stop_source stop;
  const std::jthread other([&stop] { stop.request_stop(); });
  EXPECT_FALSE(Clock::system()->wait_until(Clock::system()->now() + 1h, stop.get_token()));
}

}  // namespace
}  // namespace segment::testing
