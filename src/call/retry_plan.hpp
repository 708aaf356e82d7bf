#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "call/core.hpp"
#include "operations/prepared_call.hpp"
#include "segment/http/response.hpp"
#include "segment/rate_limiter.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Whether a status reports success.
[[nodiscard]] constexpr bool is_success(int status) noexcept {
  return status >= 200 && status < 300;
}

/// What the outcome of one attempt says about a further one.
struct Verdict {
  bool done = false;             // a 2xx
  bool retryable = false;        // another attempt is safe and could help
  bool outcome_unknown = false;  // this attempt may have been carried out
  bool refused = false;          // too many requests: nothing was done
  std::string_view why_not{};    // why it is not retryable, for the message
  std::optional<std::chrono::milliseconds> retry_after{};  // what the server asked for
};

/// When the server wants the request again: the longest of the response's hints.
///
/// `Retry-After` counts after any response, the end of the window and `msBeforeNext` only after a
/// 429, since every response reports its window.
///
/// \return std::nullopt if there is no hint.
[[nodiscard]] std::optional<std::chrono::milliseconds> retry_hint(
    const RateObservation& observation);

/// Adds a duration to a point in time without overflow.
[[nodiscard]] std::chrono::steady_clock::time_point later(
    std::chrono::steady_clock::time_point time, std::chrono::milliseconds by) noexcept;

/// When something has to end: the earlier of its own timeout and a deadline.
///
/// \param timeout from now; zero: none. A negative one has already expired.
/// \return std::nullopt if there is neither.
[[nodiscard]] std::optional<std::chrono::steady_clock::time_point> end_after(
    std::chrono::steady_clock::time_point now, std::chrono::milliseconds timeout,
    std::optional<std::chrono::steady_clock::time_point> deadline) noexcept;

/// Whether and when a call makes another attempt: how many it may make, until when, and whether
/// repeating one is harmless.
///
/// Copying: not needed. Thread safety: none.
class RetryPlan {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// Another attempt after a wait, or why there is none, as part of a message.
  struct Decision {
    std::optional<std::chrono::milliseconds> wait{};
    std::string stopped{};
  };

  /// Keeps references to both.
  RetryPlan(const Core& core, const PreparedCall& call);

  [[nodiscard]] bool idempotent() const noexcept { return idempotent_; }

  /// When the call's time expires; std::nullopt if it has no limit.
  [[nodiscard]] std::optional<TimePoint> limit() const noexcept { return limit_; }

  /// Whether the call's time has expired.
  [[nodiscard]] bool is_over(TimePoint now) const { return limit_ && now >= *limit_; }

  /// Whether waiting until then takes longer than the call may last.
  [[nodiscard]] bool passes_limit(TimePoint when) const;

  /// Judges an outcome by what the operation allows, not by the status alone.
  ///
  /// \param observation what the response said about limits.
  [[nodiscard]] Verdict judge(const http::Outcome& outcome,
                              const RateObservation& observation) const;

  /// Decides after a failed attempt, and takes the retry out of the client's budget.
  ///
  /// \param attempts the number of attempts made.
  [[nodiscard]] Decision decide(const Verdict& verdict, int attempts) const;

 private:
  [[nodiscard]] bool is_safe() const noexcept;
  [[nodiscard]] Verdict judge_response(const http::Response& response) const;
  [[nodiscard]] Verdict judge_failure(const http::Failure& failure) const;
  [[nodiscard]] std::chrono::milliseconds backoff(int attempts) const;

  const Core& core_;
  const Operation& operation_;
  int max_attempts_;
  bool idempotent_;
  std::optional<TimePoint> limit_;
};

}  // namespace segment::inline SEGMENT_ABI::detail
