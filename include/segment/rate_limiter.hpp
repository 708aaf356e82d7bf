#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI {

/// What one response said about a rate limit. A member is absent where the response did not say.
struct RateObservation {
  /// HTTP status of the response.
  int status = 0;
  /// Whether any `X-RateLimit-…` header came: then the server counts.
  bool counted = false;
  /// Requests counted in the current window, this one included; unchecked.
  std::optional<std::int64_t> consumed{};
  /// Requests left in the current window; unchecked.
  std::optional<std::int64_t> remaining{};
  /// From now to the window's end, to about a second.
  std::optional<std::chrono::milliseconds> reset{};
  /// `Retry-After`: in a 429 it is the whole token that is limited.
  std::optional<std::chrono::milliseconds> retry_after{};
  /// `msBeforeNext` of a 429: this operation is limited.
  std::optional<std::chrono::milliseconds> before_next{};
};

/// A monthly quota that some operations count against in addition to their rate limit. Calls do not
/// wait for it, because it resets days later.
struct Quota {
  /// What is counted together, for example `regulations within Segment`.
  std::string category{};
  /// Calls that a month allows; 0: not published.
  int per_month = 0;

  bool operator==(const Quota&) const = default;
};

/// How much of a quota is left.
struct RemainingMonthlyQuota {
  std::string category{};
  /// Calls that a month allows; 0: unknown.
  std::int64_t limit = 0;
  /// Calls that are left; absent: unknown.
  std::optional<std::int64_t> remaining{};
  /// From now until the quota is whole again; absent: unknown.
  std::optional<std::chrono::milliseconds> resets_in{};

  bool operator==(const RemainingMonthlyQuota&) const = default;
};

/// How much of a rate limit is left.
struct RemainingQuota {
  /// Requests that one window allows; 0: unknown, but the server asked for a pause, or a quota is
  /// known.
  int limit = 0;
  /// Requests that may be sent now. The last ones of a window are spread over the time that is
  /// left.
  int remaining = 0;
  /// From now until there is more; zero: all of it is there.
  std::chrono::milliseconds available_in{0};
  /// The monthly quotas that the operation counts against and that are known so far, one a
  /// category.
  std::vector<RemainingMonthlyQuota> quotas{};

  bool operator==(const RemainingQuota&) const = default;
};

/// The permit of one attempt, from its request to its completion. Destroying it leaves the queue,
/// or returns a permit that was granted and not completed.
///
/// Copying: not copyable. Cost: one allocation. Thread safety: used by one thread at a time;
/// permits of one limiter are independent. It may outlive its limiter.
class SEGMENT_EXPORT RatePermit {
 public:
  RatePermit() = default;
  RatePermit(const RatePermit&) = delete;
  RatePermit& operator=(const RatePermit&) = delete;
  virtual ~RatePermit() = default;

  /// Asks whether the permit is granted; asking late loses no position in the queue. Do not ask
  /// again once it has been granted.
  ///
  /// \param now the time on the clock that every call to the limiter is given.
  /// \return empty: granted, send now. Otherwise when to ask again, later than now.
  [[nodiscard]] virtual std::optional<std::chrono::steady_clock::time_point> wait_until(
      std::chrono::steady_clock::time_point now) = 0;

  /// Whether what `wait_until` said last holds for the token as a whole, and not for the operation
  /// alone: for the error's text. By default it does not.
  [[nodiscard]] virtual bool is_for_token() const;

  /// The attempt is over, with or without a response, and may have reached the server at any time
  /// up to `now`. A permit that is destroyed without this was not used.
  virtual void complete(std::chrono::steady_clock::time_point now) = 0;
};

/// Paces requests so that the server does not have to refuse them. Derive from it to let a fleet
/// share one budget through a store of your own.
///
/// It neither waits nor reads a clock: it is given the time, and says when to ask again. What
/// `acquire` or `wait_until` throws ends the call, with nothing sent by this attempt; what
/// `observe` or `complete` throws is dropped, as a response matters more than the limiter's
/// records.
///
/// Copying: held by shared pointer; clients that are given the same one share its budgets. Cost: of
/// the library's own, one short lock, and one small record for each operation with a limit.
/// Thread safety: every member is called from many threads at once and must allow it.
class SEGMENT_EXPORT RateLimiter {
 public:
  RateLimiter() = default;
  RateLimiter(const RateLimiter&) = delete;
  RateLimiter& operator=(const RateLimiter&) = delete;
  virtual ~RateLimiter() = default;

  /// Requests a permit, once an attempt, before it is sent.
  ///
  /// \param number the attempt's within its call, from 1. Retries precede all first attempts: their
  ///        call came earlier.
  /// \return null: nothing is known to limit this operation, send now.
  [[nodiscard]] virtual std::unique_ptr<RatePermit> acquire(
      const Operation& operation, int number, std::chrono::steady_clock::time_point now) = 0;

  /// Learns from a response, whether its attempt had a permit or not.
  virtual void observe(const Operation& operation, const RateObservation& observation,
                       std::chrono::steady_clock::time_point now) = 0;

  /// Learns from the response to a call that counts against a monthly quota.
  ///
  /// \param observation what the response said of the quota, and not of the rate limit: `status` is
  ///        429 only where it is the quota that is used up.
  virtual void observe_quota(const Operation& operation, const Quota& quota,
                             const RateObservation& observation,
                             std::chrono::steady_clock::time_point now);

  /// Whether a monthly quota is known to be used up: then a call fails without being sent. By
  /// default, none ever is.
  ///
  /// \return when there is more of it; nothing: it is not used up.
  [[nodiscard]] virtual std::optional<std::chrono::steady_clock::time_point> quota_used_up_until(
      const Quota& quota, std::chrono::steady_clock::time_point now) const;

  /// How much is left for an operation.
  ///
  /// \return nothing where no limit is known, or the server has shown that it counts nothing.
  [[nodiscard]] virtual std::optional<RemainingQuota> remaining_quota(
      const Operation& operation, std::chrono::steady_clock::time_point now) const = 0;

  /// The library's own: begins with the published limits and learns from the responses.
  [[nodiscard]] static std::shared_ptr<RateLimiter> create();

  /// One that never makes a call wait.
  [[nodiscard]] static std::shared_ptr<RateLimiter> unlimited();
};

}  // namespace segment::inline SEGMENT_ABI
