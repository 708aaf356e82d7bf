#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI {

/// What one response said about a rate limit. A member is absent if the response did not say.
struct RateObservation {
  /// HTTP status of the response.
  int status = 0;
  /// Whether it had any `X-RateLimit-…` header: if so, the server enforces a limit.
  bool counted = false;
  /// Requests counted in the current window, including this one; unchecked.
  std::optional<std::int64_t> consumed{};
  /// Requests left in the current window; unchecked.
  std::optional<std::int64_t> remaining{};
  /// The time until the window ends, accurate to about a second.
  std::optional<std::chrono::milliseconds> reset{};
  /// `Retry-After`: in a 429 it means that the whole token is limited.
  std::optional<std::chrono::milliseconds> retry_after{};
  /// `msBeforeNext` of a 429: this operation is limited.
  std::optional<std::chrono::milliseconds> operation_retry_after{};
};

/// A monthly quota that some operations count against in addition to their rate limit. Calls do not
/// wait for it, because it resets days later.
struct Quota {
  /// What counts together, for example `regulations within Segment`.
  std::string category{};
  /// Calls allowed per month; 0: not published.
  int per_month = 0;

  bool operator==(const Quota&) const = default;
};

/// How much of a quota is left.
struct RemainingMonthlyQuota {
  std::string category{};
  /// Calls allowed per month; 0: unknown.
  std::int64_t limit = 0;
  /// Calls left; absent: unknown.
  std::optional<std::int64_t> remaining{};
  /// The time until the quota resets; absent: unknown.
  std::optional<std::chrono::milliseconds> resets_in{};

  bool operator==(const RemainingMonthlyQuota&) const = default;
};

/// How much of a rate limit is left.
struct RemainingQuota {
  /// Requests allowed per window; 0: unknown, but the server asked for a pause, or a quota is
  /// known.
  int limit = 0;
  /// Requests that may be sent now. The last ones of a window are spread over the remaining time.
  int remaining = 0;
  /// The time until there are more; zero: all of them are available.
  std::chrono::milliseconds available_in{0};
  /// The monthly quotas of the operation that are known so far, one per category.
  std::vector<RemainingMonthlyQuota> quotas{};

  bool operator==(const RemainingQuota&) const = default;
};

/// The permit of one attempt, from its request to its completion. Destroying it leaves the queue,
/// or returns a permit that was granted but not completed.
///
/// Copying: not copyable. Cost: one allocation. Thread safety: used by one thread at a time;
/// permits of one limiter are independent. It may outlive its limiter.
class SEGMENT_EXPORT RatePermit {
 public:
  RatePermit() = default;
  RatePermit(const RatePermit&) = delete;
  RatePermit& operator=(const RatePermit&) = delete;
  virtual ~RatePermit() = default;

  /// Asks whether the permit is granted; asking late does not lose the place in the queue. Do not
  /// ask again once it has been granted.
  ///
  /// \param now the time, on the same clock for every call to the limiter.
  /// \return empty: granted, send now. Otherwise when to ask again, later than now.
  [[nodiscard]] virtual std::optional<std::chrono::steady_clock::time_point> retry_at(
      std::chrono::steady_clock::time_point now) = 0;

  /// Whether the last result of `retry_at` applies to the token as a whole, and not just to the
  /// operation: for the error's text. False by default.
  [[nodiscard]] virtual bool is_for_token() const;

  /// The attempt is over, with or without a response, and may have reached the server at any time
  /// up to `now`. A permit that is destroyed without this call counts as unused.
  virtual void complete(std::chrono::steady_clock::time_point now) = 0;
};

/// Paces requests so that the server does not have to refuse them. Derive from it to let a fleet
/// share one budget through your own store.
///
/// It neither waits nor reads a clock: it receives the time, and says when to ask again. If
/// `acquire` or `retry_at` throws, the call fails and this attempt sends nothing. Exceptions of
/// `observe` and `complete` are ignored, because a response matters more than the limiter's
/// records.
///
/// Copying: held by shared pointer; clients given the same one share its budgets. Cost: the
/// library's own takes one short lock, and one small record for each operation with a limit. Thread
/// safety: every member must be callable from many threads at once.
class SEGMENT_EXPORT RateLimiter {
 public:
  RateLimiter() = default;
  RateLimiter(const RateLimiter&) = delete;
  RateLimiter& operator=(const RateLimiter&) = delete;
  virtual ~RateLimiter() = default;

  /// Requests a permit, once per attempt, before it is sent.
  ///
  /// \param number the attempt's number within its call, from 1. Retries go ahead of first
  ///        attempts, because their call started earlier.
  /// \return null: no limit is known for this operation, send now.
  [[nodiscard]] virtual std::unique_ptr<RatePermit> acquire(
      const Operation& operation, int number, std::chrono::steady_clock::time_point now) = 0;

  /// Learns from a response, whether or not its attempt had a permit.
  virtual void observe(const Operation& operation, const RateObservation& observation,
                       std::chrono::steady_clock::time_point now) = 0;

  /// Learns from the response to a call that counts against a monthly quota.
  ///
  /// \param observation what the response said about the quota, not about the rate limit: `status`
  ///        is 429 only if the quota is used up.
  virtual void observe_quota(const Operation& operation, const Quota& quota,
                             const RateObservation& observation,
                             std::chrono::steady_clock::time_point now);

  /// Whether a monthly quota is known to be used up: then a call fails without being sent. By
  /// default, it never is.
  ///
  /// \return when it resets; empty: it is not used up.
  [[nodiscard]] virtual std::optional<std::chrono::steady_clock::time_point> quota_used_up_until(
      const Quota& quota, std::chrono::steady_clock::time_point now) const;

  /// How much is left for an operation.
  ///
  /// \return empty if no limit is known, or if the server has shown that it does not count.
  [[nodiscard]] virtual std::optional<RemainingQuota> remaining_quota(
      const Operation& operation, std::chrono::steady_clock::time_point now) const = 0;

  /// The library's own: starts with the published limits and learns from the responses.
  [[nodiscard]] static std::shared_ptr<RateLimiter> create();

  /// One that never makes a call wait.
  [[nodiscard]] static std::shared_ptr<RateLimiter> unlimited();
};

}  // namespace segment::inline SEGMENT_ABI
