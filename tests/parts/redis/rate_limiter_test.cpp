// A limiter whose budget a fleet shares through Redis, against a real server that is stopped, hung
// and started again.

#include "segment/redis/rate_limiter.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "../../support/authority.hpp"
#include "../../support/child.hpp"
#include "../../support/sockets.hpp"
#include "fleet.hpp"
#include "redis/src/connection.hpp"
#include "redis/src/limiter.hpp"
#include "redis_server.hpp"
#include "segment/error.hpp"
#include "segment/testing/conformance.hpp"

namespace segment::test {
namespace {

using namespace std::chrono;
using TimePoint = steady_clock::time_point;

constexpr TimePoint noon{hours{1}};

/// Long timeouts: a slow machine is not a slow Redis.
redis::RateLimiterOptions patient(const std::string& socket) {
  return {.unix_socket = socket,
          .max_batch = 1,  // so that permits can be counted
          .connect_timeout = seconds{60},
          .timeout = seconds{60},
          .retry_interval = milliseconds{1}};
}

class ARedisRateLimiter : public ::testing::Test {
 protected:
  void SetUp() override {
    if (redis_program().empty()) GTEST_SKIP() << "redis-server is not installed";
    server = std::make_unique<RedisServer>();
  }

  redis::RateLimiterOptions options() {
    auto options = patient(server->socket());
    options.on_event = [this](const redis::StoreEvent& event) {
      events.push_back(std::string(to_string(event.kind)) + " " + event.reason);
    };
    return options;
  }

  /// How many permits are granted at this time.
  int granted(RateLimiter& limiter, int wanted, TimePoint now, bool used = true) {
    int count = 0;
    for (int i = 0; i < wanted; ++i) {
      const auto permit = limiter.acquire(operation, 1, now);
      if (!permit || permit->retry_at(now)) return count;
      if (used) permit->complete(now);
      ++count;
    }
    return count;
  }

  Operation operation{.id = "getThing", .group = "things", .rate_limit = {60, RatePeriod::minute}};
  std::unique_ptr<RedisServer> server;
  std::vector<std::string> events;
};

TEST_F(ARedisRateLimiter, ConformsToTheRulesOfALimiter) {
  const auto make = [this] { return redis::create_rate_limiter(options()); };
  std::string broken;
  for (const auto& finding :
       testing::check_rate_limiter(make, {.patience = seconds{60}, .clock = Clock::system()})) {
    broken += finding.rule + " (" + finding.message + ")\n";
  }
  EXPECT_EQ(broken, "");
  EXPECT_TRUE(events.empty()) << events.front();
}

TEST_F(ARedisRateLimiter, GivesTwoProcessesOneBudget) {
  const auto one = redis::create_scripted_rate_limiter(options());
  const auto other = redis::create_scripted_rate_limiter(options());
  EXPECT_EQ(granted(*one, 40, noon), 40);
  EXPECT_EQ(granted(*other, 40, noon), 20);
  EXPECT_EQ(granted(*one, 1, noon + seconds{60}), 0);  // they may have been kept for 3 s
  EXPECT_EQ(granted(*one, 100, noon + seconds{64}), 60);
}

TEST_F(ARedisRateLimiter, TakesSeveralPermitsInOneRoundTripIfTheyAreUsed) {
  auto in_batches = options();
  in_batches.max_batch = 10;
  const auto limiter = redis::create_scripted_rate_limiter(in_batches);
  operation.rate_limit = {6000, RatePeriod::minute};
  EXPECT_EQ(granted(*limiter, 1000, noon), 1000);
  redis::Connection connection(options());
  const auto stats =
      connection.command({"INFO", "commandstats"}, steady_clock::now() + seconds{60}).text;
  const auto at = stats.find("cmdstat_evalsha:calls=");
  ASSERT_NE(at, std::string::npos) << stats;
  EXPECT_LE(std::stoi(stats.substr(at + 22)), 110) << "for 1,000 permits";
}

TEST_F(ARedisRateLimiter, KeepsToItsShareWhileRedisIsDownAndReportsIt) {
  server->stop();
  auto with_members = options();
  with_members.members = 4;
  const auto limiter = redis::create_scripted_rate_limiter(with_members);
  EXPECT_EQ(granted(*limiter, 100, noon), 15);
  EXPECT_EQ(granted(*limiter, 100, noon + seconds{59}), 0);
  EXPECT_EQ(granted(*limiter, 100, noon + seconds{63}), 15);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_TRUE(events[0].starts_with("lost Redis cannot be connected to")) << events[0];
  server->start();
  (void)granted(*limiter, 1, noon + seconds{64});
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[1], "restored ");
}

TEST_F(ARedisRateLimiter, CountsOnlyTheLastPeriodOfSteadyTraffic) {
  server->stop();
  const auto limiter = redis::create_scripted_rate_limiter(options());
  operation.rate_limit = {64, RatePeriod::minute};
  for (int i = 0; i < 600; ++i) ASSERT_EQ(granted(*limiter, 1, noon + seconds{i}), 1) << i;
  EXPECT_LE(granted(*limiter, 64, noon + seconds{600}), 4);  // those of the last minute count
}

TEST_F(ARedisRateLimiter, CountsThePermitsThatAreLeftIfRedisEvictsAKey) {
  EXPECT_EQ(granted(*redis::create_scripted_rate_limiter(options()), 40, noon), 40);
  redis::Connection connection(options());
  const auto evict = [&](const char* name) {
    const std::string key = "{" + options().fleet + "}:" + name;
    return connection.command({"DEL", key}, steady_clock::now() + seconds{60}).integer;
  };
  EXPECT_EQ(evict("sum:getThing"), 1);
  EXPECT_EQ(granted(*redis::create_scripted_rate_limiter(options()), 60, noon), 20);
  EXPECT_EQ(evict("permits:getThing"), 1);
  EXPECT_EQ(granted(*redis::create_scripted_rate_limiter(options()), 100, noon), 60);
}

TEST_F(ARedisRateLimiter, TellsARestartedStoreWhatWasUsed) {
  const auto one = redis::create_scripted_rate_limiter(options());
  EXPECT_EQ(granted(*one, 50, noon), 50);
  server->stop();
  server->start();
  EXPECT_EQ(granted(*one, 60, noon + seconds{10}), 10);
  (void)granted(*one, 1, noon + seconds{20});  // finds the new one, and tells it
  const auto other = redis::create_scripted_rate_limiter(options());
  EXPECT_EQ(granted(*other, 60, noon + seconds{20}), 0);
}

TEST_F(ARedisRateLimiter, DoesNotHangWhenRedisHangs) {
  auto impatient = options();
  impatient.timeout = milliseconds{20};
  const auto limiter = redis::create_rate_limiter(impatient);
  server->hang();
  EXPECT_EQ(granted(*limiter, 60, steady_clock::now()), 60);  // all of it is its own share
  server->resume();
  ASSERT_FALSE(events.empty());
  EXPECT_EQ(events[0], "lost Redis did not respond in time.");
}

TEST_F(ARedisRateLimiter, LearnsALowerLimitFromARefusal) {
  const auto limiter = redis::create_scripted_rate_limiter(options());
  limiter->observe(operation, {.status = 429, .counted = true, .consumed = 30}, noon);
  EXPECT_EQ(granted(*limiter, 60, noon), 30);
}

TEST_F(ARedisRateLimiter, TellsTheFleetThatTheApiRefused) {
  const auto one = redis::create_scripted_rate_limiter(options());
  const auto other = redis::create_scripted_rate_limiter(options());
  one->observe(operation, {.status = 429, .counted = true, .operation_retry_after = seconds{20}},
               noon);
  EXPECT_EQ(granted(*other, 1, noon + seconds{19}), 0);
  EXPECT_EQ(granted(*other, 1, noon + seconds{20}), 1);
  Operation another{.id = "getOther", .group = "things", .rate_limit = {60, RatePeriod::minute}};
  one->observe(another, {.status = 429, .retry_after = seconds{30}}, noon + seconds{30});
  EXPECT_EQ(granted(*other, 1, noon + seconds{59}), 0);  // the token's pause holds for all
}

TEST_F(ARedisRateLimiter, KeepsTheLongerOfTwoPauses) {
  const auto one = redis::create_scripted_rate_limiter(options());
  const auto other = redis::create_scripted_rate_limiter(options());
  one->observe(operation, {.status = 429, .retry_after = seconds{40}}, noon);
  other->observe(operation, {.status = 429, .retry_after = seconds{10}}, noon + seconds{1});
  EXPECT_EQ(granted(*other, 1, noon + seconds{39}), 0);
  EXPECT_EQ(granted(*other, 1, noon + seconds{40}), 1);
}

TEST_F(ARedisRateLimiter, TellsTheFleetThatAMonthlyQuotaIsUsedUp) {
  const auto one = redis::create_rate_limiter(options());
  const auto other = redis::create_rate_limiter(options());
  const Quota quota{.category = "audience previews of space s", .per_month = 700};
  const auto now = steady_clock::now();
  EXPECT_FALSE(one->quota_used_up_until(quota, now));
  one->observe_quota(operation, quota,
                     {.status = 429, .counted = true, .operation_retry_after = hours{240}}, now);
  const auto until = other->quota_used_up_until(quota, now);
  ASSERT_TRUE(until);
  EXPECT_GT(*until, now);
  EXPECT_TRUE(other->quota_used_up_until(quota, now + milliseconds{500}));  // and asks no more
}

TEST_F(ARedisRateLimiter, LeavesAnOperationWithoutALimitAlone) {
  const auto limiter = redis::create_rate_limiter(options());
  operation.rate_limit = {};
  EXPECT_EQ(limiter->acquire(operation, 1, noon), nullptr);
  EXPECT_EQ(limiter->remaining_quota(operation, noon), std::nullopt);
}

TEST_F(ARedisRateLimiter, ReconnectsInAForkedChild) {
  if (!can_fork()) GTEST_SKIP() << "no threads and forks under this sanitizer";
  const auto limiter = redis::create_scripted_rate_limiter(options());
  EXPECT_EQ(granted(*limiter, 30, noon), 30);
  const pid_t child = in_forked_child([&] { return granted(*limiter, 20, noon) == 20; });
  EXPECT_EQ(end_of(child), 0);
  EXPECT_EQ(granted(*limiter, 60, noon), 10);
}

TEST_F(ARedisRateLimiter, ReportsARejectedPasswordWithoutRevealingIt) {
  server = std::make_unique<RedisServer>(std::vector<std::string>{"--requirepass", "open-sesame"});
  auto wrong = options();
  wrong.password = Secret("no-such-password");
  EXPECT_EQ(granted(*redis::create_scripted_rate_limiter(wrong), 1, noon), 1);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0], "lost Redis does not accept the password.");
  auto right = options();
  right.password = Secret("open-sesame");
  EXPECT_EQ(granted(*redis::create_scripted_rate_limiter(right), 1, noon), 1);
  EXPECT_EQ(events.size(), 1U);
}

TEST_F(ARedisRateLimiter, TrustsAServerOverTlsOnlyByItsCertificate) {
  if (!can_make_certificates()) GTEST_SKIP() << "openssl is not installed";
  Authority authority;
  authority.issue("redis");
  const int held = bound_socket();
  const auto port = port_of(held);
  ::close(held);
  server = std::make_unique<RedisServer>(std::vector<std::string>{
      "--tls-port", std::to_string(port), "--tls-cert-file", authority.path("redis.pem"),
      "--tls-key-file", authority.path("redis.key"), "--tls-ca-cert-file", authority.file(),
      "--tls-auth-clients", "no"});
  auto over_tls = options();
  over_tls.unix_socket.clear();
  over_tls.port = port;
  over_tls.tls = true;
  EXPECT_EQ(granted(*redis::create_scripted_rate_limiter(over_tls), 1, noon), 1);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_TRUE(events[0].starts_with("lost Redis cannot be trusted over TLS: ")) << events[0];
  over_tls.ca_file = authority.file();
  EXPECT_EQ(granted(*redis::create_scripted_rate_limiter(over_tls), 30, noon), 30);
  EXPECT_EQ(events.size(), 1U) << events.back();
}

TEST(OptionsOfARedisRateLimiter, AreRefusedIfTheyAreInvalid) {
  EXPECT_THROW((void)redis::create_rate_limiter({.timeout = milliseconds{0}}), ConfigurationError);
  EXPECT_THROW((void)redis::create_rate_limiter({.members = 0}), ConfigurationError);
  EXPECT_THROW((void)redis::create_rate_limiter({.fleet = "a{b}"}), ConfigurationError);
}

// The proof: 8 processes, 4,000 calls, 600 a minute
// ------------------------------------------------

class AFleet : public ARedisRateLimiter {
 protected:
  void SetUp() override {
    if (!can_fork()) GTEST_SKIP() << "no threads and forks under this sanitizer";
    ARedisRateLimiter::SetUp();
  }

  FleetOutcome run(FleetScenario scenario) {
    scenario.socket = server->socket();
    const FleetOutcome outcome = run_fleet(scenario);
    const double used = outcome.used_of_limit(scenario);
    std::cout << "[ figures  ] " << outcome.refused << " of " << outcome.sent << " refused, "
              << used << " of the limit used, " << outcome.took.count() << " s of the fleet's\n";
    EXPECT_LE(outcome.refused, outcome.sent / 100);
    EXPECT_GE(used, 0.9);
    return outcome;
  }
};

TEST_F(AFleet, OfEightProcessesUsesOneLimitAndIsHardlyEverRefused) {
  const FleetOutcome outcome = run({});
  EXPECT_EQ(outcome.lost, 0);
}

TEST_F(AFleet, KeepsToItsLimitWhileRedisIsStoppedAndStarted) {
  const FleetOutcome outcome = run({.events = {{seconds{100}, [this] { server->stop(); }},
                                               {seconds{200}, [this] { server->start(); }}}});
  EXPECT_EQ(outcome.lost, 8);
  EXPECT_EQ(outcome.restored, 8);
}

}  // namespace
}  // namespace segment::test
