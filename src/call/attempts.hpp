#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "call/core.hpp"
#include "operations/prepared_call.hpp"
#include "segment/http/policy.hpp"
#include "segment/http/request.hpp"
#include "segment/http/response.hpp"
#include "segment/operation.hpp"
#include "segment/rate_limiter.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What a call asks the rate limiter: a permit for each attempt, and whether the monthly quota that
/// it counts against is used up. Calls never wait for a quota, which may be days away.
///
/// Copying: not copyable. Cost: a permit; for calls with a quota, reading the body. Thread safety:
/// none.
class CallLimits {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// Keeps references to both.
  CallLimits(const Core& core, const PreparedCall& call);

  /// Time until the quota is renewed, if it is known to be used up.
  [[nodiscard]] std::optional<std::chrono::milliseconds> quota_used_up(TimePoint now) const;

  /// The subject of a sentence: `this month's quota of audience previews of space s`.
  [[nodiscard]] std::string quota_text() const {
    return "this month's quota of " + quota_->category;
  }

  /// Acquires the permit for an attempt.
  ///
  /// \param attempt its number, from 1.
  /// \return std::nullopt if the attempt may be sent, else when to ask again, which is later than
  ///         now: a limiter that keeps saying "now" is asked less and less often.
  [[nodiscard]] std::optional<TimePoint> acquire(int attempt, TimePoint now);

  /// Whether the last answer of `acquire` applies to the whole token.
  [[nodiscard]] bool is_for_token() const { return permit_ != nullptr && permit_->is_for_token(); }

  /// Ends the attempt.
  ///
  /// \param counted whether the attempt may have reached the server.
  void complete(bool counted);

  /// Gives up the permit or the place in its queue.
  void release() { permit_.reset(); }

  /// Reports a response's rate limits to the limiter, and removes those of the quota from the
  /// observation.
  ///
  /// \return true if the response said that the quota is used up; then nothing is removed.
  bool learn(RateObservation& observation, TimePoint now) const;

 private:
  const Core& core_;
  const Operation& operation_;
  const std::optional<Quota> quota_;
  std::unique_ptr<RatePermit> permit_{};
  bool acquired_ = false;
  std::chrono::milliseconds least_pause_{1};
};

/// The attempts of one call, in order: each one's request, and the policies around it.
///
/// Copying: not copyable. Thread safety: none.
class Attempts {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// Keeps references to all but the number.
  ///
  /// \param call_number the call's number within the client.
  /// \param stop stops the call.
  Attempts(const Core& core, const PreparedCall& call, std::uint64_t call_number, bool idempotent,
           const std::stop_token& stop);
  Attempts(const Attempts&) = delete;
  Attempts& operator=(const Attempts&) = delete;

  /// The number of attempts so far, which is the number of the newest.
  [[nodiscard]] int count() const noexcept { return count_; }

  /// The request of the newest attempt, to which its response belongs.
  [[nodiscard]] const http::Request& request() const noexcept {
    return earlier_ ? *earlier_ : request_;
  }

  /// Whether the prepared request asks for a larger page than usual without the caller having asked
  /// for it.
  [[nodiscard]] bool asks_for_largest_page() const noexcept { return asks_for_largest_page_; }

  /// Builds the request of the next attempt and shows it to the policies.
  ///
  /// \return the outcome if a policy answered instead of the server; std::nullopt if the request is
  ///         to be sent.
  [[nodiscard]] std::optional<http::Outcome> prepare();

  /// Makes the prepared attempt the newest one.
  void begin() noexcept {
    ++count_;
    earlier_.reset();
  }

  /// Limits the prepared attempt to end by then.
  ///
  /// \return false if that time has come.
  [[nodiscard]] bool end_by(std::optional<TimePoint> limit);

  /// Shows the outcome to the policies that saw the request, in reverse order.
  void complete(http::Outcome& outcome);

 private:
  void set_headers();
  void set_request();

  const Core& core_;
  const PreparedCall& call_;
  const std::uint64_t call_number_;
  const bool idempotent_;
  const std::stop_token& stop_;
  http::Request request_;
  std::unique_ptr<http::Request> earlier_;  // while the next attempt is prepared, but not begun
  std::vector<http::Attempt> seen_;         // one for each policy that saw the request
  int count_ = 0;
  bool asks_for_largest_page_ = false;
};

}  // namespace segment::inline SEGMENT_ABI::detail
