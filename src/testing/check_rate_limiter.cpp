#include <atomic>
#include <optional>
#include <thread>

#include "segment/testing/manual_clock.hpp"
#include "testing/findings.hpp"

namespace segment::inline SEGMENT_ABI::testing {

namespace {

using detail::Findings;
using namespace std::chrono;
using TimePoint = steady_clock::time_point;

constexpr int limit = 20;
constexpr seconds period{1};

/// A limiter under check and its clock. Each has its own operation, since a store may remember
/// earlier checks.
class LimiterCheck {
 public:
  LimiterCheck(const std::function<std::shared_ptr<RateLimiter>()>& make, std::string_view id,
               Findings& findings)
      : findings_(findings),
        limiter_(make()),
        clock_(findings.options().clock ? findings.options().clock
                                        : std::make_shared<ManualClock>()),
        operation_{.id = id, .group = "conformance", .rate_limit = {limit, RatePeriod::second}} {}

  std::unique_ptr<RatePermit> acquire() { return limiter_->acquire(operation_, 1, clock_->now()); }

  /// Waits for a permit on the limiter's clock. If none is granted, records a finding and returns
  /// false.
  bool granted(RatePermit& permit) {
    const TimePoint end = clock_->now() + findings_.options().patience;
    for (;;) {
      const TimePoint now = clock_->now();
      const auto later = permit.retry_at(now);
      if (!later) return true;
      if (*later <= now) {
        return findings_.expect(false, "retry_at named a time that is not later than now");
      }
      if (now >= end) return findings_.expect(false, "a permit was not granted");
      waited_ += duration_cast<nanoseconds>(*later - now).count();
      clock_->wait_until(*later, {});
    }
  }

  void observe(const RateObservation& observation) {
    limiter_->observe(operation_, observation, clock_->now());
  }

  [[nodiscard]] TimePoint now() const { return clock_->now(); }
  [[nodiscard]] std::optional<RemainingQuota> remaining() const {
    return limiter_->remaining_quota(operation_, clock_->now());
  }
  /// How long permits took by that clock, regardless of the machine's speed.
  [[nodiscard]] nanoseconds waited() const { return nanoseconds{waited_}; }
  void drop_limiter() { limiter_.reset(); }

 private:
  Findings& findings_;
  std::shared_ptr<RateLimiter> limiter_;
  std::shared_ptr<Clock> clock_;
  Operation operation_;
  std::atomic<nanoseconds::rep> waited_ = 0;
};

void check_no_more_than_limit(LimiterCheck& check, Findings& findings) {
  std::vector<TimePoint> grants;
  for (int i = 0; i < 5 * limit / 2; ++i) {
    const auto permit = check.acquire();
    if (!permit) return;  // it does not limit this operation
    if (!check.granted(*permit)) return;
    grants.push_back(check.now());
    permit->complete(check.now());
  }
  for (std::size_t i = limit; i < grants.size(); ++i) {
    if (!findings.expect(grants[i] - grants[i - limit] >= period,
                         std::to_string(limit + 1) + " permits were granted within a period of " +
                             std::to_string(limit))) {
      return;
    }
  }
}

void check_given_back(LimiterCheck& check, Findings& findings) {
  for (int i = 0; i < 3 * limit; ++i) {
    const auto permit = check.acquire();
    if (permit && !check.granted(*permit)) return;
  }
  findings.expect(check.waited() < period, "permits that were not used were waited for");
}

void check_outlives(LimiterCheck& check) {
  const auto permit = check.acquire();
  const auto waiting = check.acquire();
  check.drop_limiter();
  if (permit && check.granted(*permit)) permit->complete(check.now());
}

void check_refusal(LimiterCheck& check, Findings& findings) {
  if (!check.acquire()) return;  // it does not limit this operation
  constexpr milliseconds wait{300};
  const TimePoint refused = check.now();
  check.observe({.status = 429, .counted = true, .operation_retry_after = wait});
  const auto permit = check.acquire();
  if (!findings.expect(permit != nullptr, "the next attempt needs no permit")) return;
  if (!check.granted(*permit)) return;
  // A store may count in milliseconds.
  findings.expect(check.now() - refused >= wait - milliseconds{5}, "it did not wait");
}

void check_remaining(LimiterCheck& check, Findings& findings) {
  for (int i = 0; i < limit / 2; ++i) {
    const auto permit = check.acquire();
    if (permit && check.granted(*permit)) permit->complete(check.now());
    const auto remaining = check.remaining();
    if (!remaining || remaining->limit == 0) continue;
    findings.expect(
        remaining->remaining >= 0 && remaining->remaining <= remaining->limit,
        std::to_string(remaining->remaining) + " of " + std::to_string(remaining->limit));
  }
}

void check_threads_of_limiter(LimiterCheck& check, Findings& findings) {
  std::atomic<int> granted = 0;
  findings.run_in_threads(8, [&](int) {
    for (int n = 0; n < 4; ++n) {
      const auto permit = check.acquire();
      if (permit && !check.granted(*permit)) return;
      ++granted;
      if (permit) permit->complete(check.now());
      check.observe({.status = 200, .counted = true});
      (void)check.remaining();
    }
  });
  findings.expect(granted == 32, "only " + std::to_string(granted) + " of 32 got their permit");
}

}  // namespace

std::vector<ConformanceFinding> check_rate_limiter(
    const std::function<std::shared_ptr<RateLimiter>()>& make, const ConformanceOptions& options) {
  Findings findings(options);
  const auto run = [&](const char* rule, std::string_view id, const auto& part) {
    findings.run(rule, [&] {
      LimiterCheck check(make, id, findings);
      part(check);
    });
  };
  run("No period holds more permits than the limit allows.", "conformanceLimit",
      [&](LimiterCheck& check) { check_no_more_than_limit(check, findings); });
  run("A permit that was not used is given back.", "conformanceGivenBack",
      [&](LimiterCheck& check) { check_given_back(check, findings); });
  run("A permit may outlive its limiter.", "conformanceOutlives",
      [](LimiterCheck& check) { check_outlives(check); });
  run("What the server refused is waited for.", "conformanceRefusal",
      [&](LimiterCheck& check) { check_refusal(check, findings); });
  run("What remains is between nothing and the limit.", "conformanceRemaining",
      [&](LimiterCheck& check) { check_remaining(check, findings); });
  run("Many threads may use it at the same time.", "conformanceThreads",
      [&](LimiterCheck& check) { check_threads_of_limiter(check, findings); });
  return std::move(findings).all();
}

}  // namespace segment::inline SEGMENT_ABI::testing
