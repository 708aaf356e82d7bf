// A thousand calls against a simulated server that counts as the real one does.
#include "simulation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <string_view>

namespace segment::testing {
namespace {

/// Runs a scenario with several seeds, and prints and returns the worst figures.
Outcome worst_of(std::string_view name, Scenario scenario, double least) {
  Outcome worst;
  for (scenario.seed = 1; scenario.seed <= 20; ++scenario.seed) {
    const Outcome outcome = simulate(scenario);
    worst.seconds = std::max(worst.seconds, outcome.seconds);
    worst.sent = std::max(worst.sent, outcome.sent);
    worst.refused = std::max(worst.refused, outcome.refused);
    worst.max_interval = std::max(worst.max_interval, outcome.max_interval);
  }
  std::cout << name << ": " << worst.seconds << " s, " << worst.seconds / least
            << " times the minimum; refused " << worst.refused << " of " << worst.sent
            << "; longest pause " << worst.max_interval << " s\n";
  return worst;
}

// Twenty windows, the last of which ends with its requests.
constexpr double least_seconds = 19;

TEST(AThousandCalls, AreNearlyAsFastAsPossibleAndHardlyRefused) {
  const Outcome outcome = worst_of("alone", {}, least_seconds);
  EXPECT_LE(outcome.seconds, 1.1 * least_seconds);
  EXPECT_LE(outcome.refused, outcome.sent / 100);
}

TEST(AThousandCalls, AreNeverRefusedByASlidingWindow) {
  const Outcome outcome = worst_of("sliding window", {.sliding = true}, least_seconds);
  EXPECT_LE(outcome.seconds, 1.1 * least_seconds);
  EXPECT_EQ(outcome.refused, 0);
}

TEST(AThousandCalls, TolerateAServerClockThatIsOff) {
  for (const auto skew : {std::chrono::hours(-30), std::chrono::hours(5)}) {
    const Outcome outcome = worst_of("clock off", {.skew = skew}, least_seconds);
    EXPECT_LE(outcome.seconds, 1.1 * least_seconds);
    EXPECT_EQ(outcome.refused, 0);
  }
}

TEST(AThousandCalls, LearnThatTheLimitIsLowerThanPublished) {
  const Outcome outcome = worst_of("30 a second", {.real = 30}, 33);
  EXPECT_LE(outcome.seconds, 1.1 * 33);
  EXPECT_LE(outcome.refused, outcome.sent / 100);
}

TEST(AThousandCalls, LearnThatTheLimitIsHigherThanPublished) {
  const Outcome outcome = worst_of("100 a second", {.real = 100}, 9);
  EXPECT_LE(outcome.seconds, 1.25 * 9);
  EXPECT_EQ(outcome.refused, 0);
}

TEST(AThousandCalls, ShareTheLimitWithSomebodyElse) {
  const Outcome outcome = worst_of("somebody else takes 30 %", {.others = 15}, 1000.0 / 35 - 1);
  EXPECT_LE(outcome.seconds, 1.25 * (1000.0 / 35));
  EXPECT_LE(outcome.refused, outcome.sent / 10);
}

TEST(AThousandCalls, OfManyMoreWorkersThanTheLimitAreNoWorse) {
  const Outcome outcome = worst_of("300 workers", {.workers = 300}, least_seconds);
  EXPECT_LE(outcome.seconds, 1.1 * least_seconds);
  EXPECT_EQ(outcome.refused, 0);
}

}  // namespace
}  // namespace segment::testing
