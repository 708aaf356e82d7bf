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
/// What the library asks of a clock, an executor, a rate limiter and a transport, as checks for
/// those that you write yourself. They need no test framework:
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

/// How the checks are made. All are optional.
///
/// Copying: a value; copies share the clock. Cost: small. Thread safety: as a struct.
struct ConformanceOptions {
  /// How long to wait for what has to happen. It is a finding only after that.
  std::chrono::milliseconds patience{std::chrono::seconds{10}};
  /// Called again and again while something is waited for: for an executor whose functions run only
  /// where a test works off its queue. Empty: nothing is called.
  std::function<void()> while_waiting{};
  /// The time that a rate limiter is given. Null: one that jumps over each wait. A limiter that
  /// shares its budget through a store has time of its own: give it `Clock::system()`.
  std::shared_ptr<Clock> clock{};
};

/// Holds a clock against the rules of `Clock`: takes a fraction of a second.
///
/// \return every rule that it breaks; empty: none.
[[nodiscard]] SEGMENT_EXPORT std::vector<ConformanceFinding> check_clock(
    Clock& clock, const ConformanceOptions& options = {});

/// Holds an executor against the rules of `Executor`.
///
/// \return every rule that it breaks; empty: none.
[[nodiscard]] SEGMENT_EXPORT std::vector<ConformanceFinding> check_executor(
    const Executor& executor, const ConformanceOptions& options = {});

/// Holds a rate limiter against the rules of `RateLimiter` and `RatePermit`. It is asked for
/// permits of operations whose ids begin with `conformance`, of 20 requests a second: with a clock
/// of the machine's, that takes some seconds.
///
/// \param make returns a new one; they may share a store.
/// \return every rule that it breaks; empty: none.
[[nodiscard]] SEGMENT_EXPORT std::vector<ConformanceFinding> check_rate_limiter(
    const std::function<std::shared_ptr<RateLimiter>()>& make,
    const ConformanceOptions& options = {});

/// Holds a transport against the rules of `http::Transport`, by requests to a server that it starts
/// on this machine's loopback address, without TLS. The transport must reach it directly, and not
/// through a proxy.
///
/// \return every rule that it breaks; empty: none.
[[nodiscard]] SEGMENT_EXPORT std::vector<ConformanceFinding> check_transport(
    http::Transport& transport, const ConformanceOptions& options = {});

}  // namespace segment::inline SEGMENT_ABI::testing
