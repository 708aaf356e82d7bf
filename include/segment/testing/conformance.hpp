#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "segment/clock.hpp"
#include "segment/executor.hpp"
#include "segment/http/transport.hpp"
#include "segment/rate_limiter.hpp"

/// \file
/// Checks whether your own clock, executor, rate limiter or transport follows the library's rules.
/// They need no test framework:
///
///     for (const auto& finding : segment::testing::check_clock(*segment::Clock::system())) {
///       std::cerr << finding.rule << ": " << finding.message << '\n';
///     }

namespace segment::inline SEGMENT_ABI::testing {

/// A rule that an implementation breaks.
struct ConformanceFinding {
  /// The rule, as a sentence: `A wait lasts until its time.`
  std::string rule{};
  /// What was seen instead.
  std::string message{};

  bool operator==(const ConformanceFinding&) const = default;
};

/// Options of the checks. All are optional.
///
/// Copying: a value; copies share the clock.
struct ConformanceOptions {
  /// How long to wait for what must happen. It becomes a finding only after that.
  std::chrono::milliseconds patience{std::chrono::seconds{10}};
  /// Called repeatedly while a check waits: for an executor whose functions run only when the test
  /// runs its queue. Empty: nothing is called.
  std::function<void()> while_waiting{};
  /// The time that a rate limiter gets. Null: a clock that skips each wait. A limiter that shares
  /// its budget through a store has its own time: use `Clock::system()`.
  std::shared_ptr<Clock> clock{};
};

/// Checks a clock against the rules of `Clock`. Takes a fraction of a second.
///
/// \return every rule that it breaks; empty if none.
[[nodiscard]] SEGMENT_EXPORT std::vector<ConformanceFinding> check_clock(
    Clock& clock, const ConformanceOptions& options = {});

/// Checks an executor against the rules of `Executor`.
///
/// \return every rule that it breaks; empty if none.
[[nodiscard]] SEGMENT_EXPORT std::vector<ConformanceFinding> check_executor(
    const Executor& executor, const ConformanceOptions& options = {});

/// Checks a rate limiter against the rules of `RateLimiter` and `RatePermit`. It acquires permits
/// for operations whose ids begin with `conformance`, with 20 requests per second: on the machine's
/// clock that takes several seconds.
///
/// \param make returns a new limiter; all may share a store.
/// \return every rule that it breaks; empty if none.
[[nodiscard]] SEGMENT_EXPORT std::vector<ConformanceFinding> check_rate_limiter(
    const std::function<std::shared_ptr<RateLimiter>()>& make,
    const ConformanceOptions& options = {});

/// Checks a transport against the rules of `http::Transport`, with requests to a server that it
/// starts on this machine's loopback address, without TLS. The transport must reach it directly,
/// not through a proxy.
///
/// \return every rule that it breaks; empty if none.
[[nodiscard]] SEGMENT_EXPORT std::vector<ConformanceFinding> check_transport(
    http::Transport& transport, const ConformanceOptions& options = {});

}  // namespace segment::inline SEGMENT_ABI::testing
