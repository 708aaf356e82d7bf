// What the checks of a user's own clock, executor, rate limiter and transport report: nothing about
// the library's own, and the broken rule for those that break one.

#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "segment/http/curl_transport.hpp"
#include "segment/testing/conformance.hpp"
#include "segment/testing/manual_clock.hpp"

namespace segment::testing {
namespace {

using namespace std::chrono_literals;

const ConformanceOptions impatient{.patience = 200ms};

std::string rules_broken(const std::vector<ConformanceFinding>& findings) {
  std::string rules;
  for (const ConformanceFinding& finding : findings) {
    rules += finding.rule + " (" + finding.message + ")\n";
  }
  return rules;
}

bool names(const std::vector<ConformanceFinding>& findings, std::string_view rule) {
  return rules_broken(findings).find(rule) != std::string::npos;
}

TEST(Conformance, FindsNothingWrongWithTheLibrarysOwnClocks) {
  EXPECT_EQ(rules_broken(check_clock(*Clock::system())), "");
  ManualClock manual;
  EXPECT_EQ(rules_broken(check_clock(manual)), "");
}

TEST(Conformance, FindsNothingWrongWithTheLibrarysOwnLimiters) {
  EXPECT_EQ(rules_broken(check_rate_limiter(&RateLimiter::create)), "");
  EXPECT_EQ(rules_broken(check_rate_limiter(&RateLimiter::unlimited)), "");
}

TEST(Conformance, FindsNothingWrongWithTheLibrarysOwnTransport) {
  http::CurlTransport transport({.proxy = "none"});
  EXPECT_EQ(rules_broken(check_transport(transport)), "");
}

TEST(Conformance, FindsNothingWrongWithAnInlineExecutor) {
  EXPECT_EQ(rules_broken(check_executor([](const std::function<void()>& work) { work(); })), "");
}

TEST(Conformance, FindsNothingWrongWithAQueueThatIsDrainedWhileWaiting) {
  std::mutex mutex;
  std::deque<std::function<void()>> queue;
  const auto work_off = [&] {
    for (;;) {
      std::function<void()> next;
      {
        const std::scoped_lock lock(mutex);
        if (queue.empty()) return;
        next = std::move(queue.front());
        queue.pop_front();
      }
      next();
    }
  };
  const Executor executor = [&](std::function<void()> work) {
    const std::scoped_lock lock(mutex);
    queue.push_back(std::move(work));
  };
  EXPECT_EQ(rules_broken(check_executor(executor, {.while_waiting = work_off})), "");
}

TEST(Conformance, NamesTheRuleThatAnExecutorBreaks) {
  const Executor drops = [](const std::function<void()>&) {};
  EXPECT_TRUE(names(check_executor(drops, impatient), "Each function runs, and only once."));
  const Executor runs_twice = [](const std::function<void()>& work) {
    work();
    work();
  };
  EXPECT_TRUE(names(check_executor(runs_twice), "some ran twice"));
  std::vector<std::function<void()>> kept;
  std::mutex mutex;
  const Executor keeps = [&](const std::function<void()>& work) {
    work();
    const std::scoped_lock lock(mutex);
    kept.push_back(work);
  };
  EXPECT_TRUE(names(check_executor(keeps, impatient), "A function that ran is not kept."));
}

/// Breaks every rule that a clock can.
class BrokenClock final : public Clock {
 public:
  std::chrono::steady_clock::time_point now() const override {
    return std::chrono::steady_clock::time_point{1h} - ++asked_ * 1ms;
  }
  std::chrono::system_clock::time_point system_now() const override { return {}; }
  bool wait_until(std::chrono::steady_clock::time_point, const std::stop_token&) override {
    return true;
  }
  std::chrono::steady_clock::duration longest_sleep(
      std::chrono::steady_clock::time_point) override {
    return 2h;
  }

 private:
  mutable std::atomic<int> asked_ = 0;
};

TEST(Conformance, NamesTheRulesThatAClockBreaks) {
  BrokenClock broken;
  const auto findings = check_clock(broken, impatient);
  EXPECT_TRUE(names(findings, "The time does not go back.")) << rules_broken(findings);
  EXPECT_TRUE(names(findings, "A wait lasts until its time."));
  EXPECT_TRUE(names(findings, "A wait whose stop was already requested does not start."));
  EXPECT_TRUE(names(findings, "longest_sleep tells when a time has come."));
}

/// Grants every permit at once.
class GenerousLimiter final : public RateLimiter {
 public:
  std::unique_ptr<RatePermit> acquire(const Operation&, int,
                                      std::chrono::steady_clock::time_point) override {
    struct Granted final : RatePermit {
      std::optional<std::chrono::steady_clock::time_point> retry_at(
          std::chrono::steady_clock::time_point) override {
        return std::nullopt;
      }
      void complete(std::chrono::steady_clock::time_point) override {}
    };
    return std::make_unique<Granted>();
  }
  void observe(const Operation&, const RateObservation&,
               std::chrono::steady_clock::time_point) override {}
  std::optional<RemainingQuota> remaining_quota(
      const Operation&, std::chrono::steady_clock::time_point) const override {
    return RemainingQuota{.limit = 20, .remaining = 21};
  }
};

TEST(Conformance, NamesTheRulesThatALimiterBreaks) {
  const auto findings =
      check_rate_limiter([] { return std::make_shared<GenerousLimiter>(); }, impatient);
  EXPECT_TRUE(names(findings, "No period holds more permits than the limit allows."))
      << rules_broken(findings);
  EXPECT_TRUE(names(findings, "What the server refused is waited for."));
  EXPECT_TRUE(names(findings, "What remains is between nothing and the limit."));
}

class ThrowingTransport final : public http::Transport {
 public:
  http::Outcome send(const http::Request&) override { throw std::runtime_error("no socket"); }
};

/// Sends everything twice, and ignores stops and timeouts.
class CarelessTransport final : public http::Transport {
 public:
  http::Outcome send(const http::Request& request) override {
    http::Request plain = request;
    plain.stop = {};
    plain.limits.attempt_timeout = {};
    (void)transport_.send(plain);
    return transport_.send(plain);
  }

 private:
  http::CurlTransport transport_{{.proxy = "none"}};
};

TEST(Conformance, NamesTheRulesThatATransportBreaks) {
  ThrowingTransport throwing;
  const auto thrown = check_transport(throwing, impatient);
  EXPECT_TRUE(names(thrown, "it threw: no socket")) << rules_broken(thrown);
  CarelessTransport careless;
  const auto findings = check_transport(careless, impatient);
  EXPECT_TRUE(names(findings, "POST came 2 times")) << rules_broken(findings);
  EXPECT_TRUE(names(findings, "A request that is already stopped is not sent."));
  EXPECT_TRUE(names(findings, "A stop ends a request."));
  EXPECT_TRUE(names(findings, "The time of an attempt is kept."));
}

}  // namespace
}  // namespace segment::testing
