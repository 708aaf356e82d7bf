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
/// it counts against is used up. A quota is never waited for: its end is days away.
///
/// Copying: not copyable. Cost: a permit; reads the body of the calls that have a quota. Thread
/// safety: none.
class CallLimits {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// Both are kept by reference.
  CallLimits(const Core& core, const PreparedCall& call);

  /// How long until there is more of the quota, where it is known to be used up.
  [[nodiscard]] std::optional<std::chrono::milliseconds> quota_used_up(TimePoint now) const;

  /// As the subject of a sentence: `this month's quota of audience previews of space s`.
  [[nodiscard]] std::string quota_text() const {
    return "this month's quota of " + quota_->category;
  }

  /// Acquires the permit of an attempt.
  ///
  /// \param attempt its number, from 1.
  /// \return nothing: it may be sent. Else when to ask again, later than now: a limiter that says
  ///         "now" over and over is asked less and less often.
  [[nodiscard]] std::optional<TimePoint> acquire(int attempt, TimePoint now);

  /// Whether what `acquire` said last holds for the token as a whole.
  [[nodiscard]] bool is_for_token() const { return permit_ != nullptr && permit_->is_for_token(); }

  /// The attempt is over.
  ///
  /// \param counted whether it may have reached the server.
  void complete(bool counted);

  /// Gives up the permit, or the place in its queue.
  void release() { permit_.reset(); }

  /// Hands what a response said to the limiter, and takes out of it what it said of the quota.
  ///
  /// \return true where it said that the quota is used up; then nothing is taken out.
  bool learn(RateObservation& observation, TimePoint now) const;

 private:
  const Core& core_;
  const Operation& operation_;
  const std::optional<Quota> quota_;
  std::unique_ptr<RatePermit> permit_{};
  bool acquired_ = false;
  std::chrono::milliseconds least_pause_{1};
};

/// The attempts of one call, one after the other: the request of each, and the policies around it.
///
/// Copying: not copyable. Cost: the request. Thread safety: none.
class Attempts {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// Both are kept by reference.
  ///
  /// \param call_number counts the client's calls.
  /// \param stop stops the call; kept by reference too.
  Attempts(const Core& core, const PreparedCall& call, std::uint64_t call_number, bool idempotent,
           const std::stop_token& stop);
  Attempts(const Attempts&) = delete;
  Attempts& operator=(const Attempts&) = delete;

  /// How many were made so far: the number of the newest.
  [[nodiscard]] int count() const noexcept { return count_; }

  /// The newest request.
  [[nodiscard]] const http::Request& request() const noexcept { return request_; }

  /// Whether the newest request asks for a larger page than the usual one without the caller's
  /// having said so.
  [[nodiscard]] bool asks_for_largest_page() const noexcept { return asks_for_largest_page_; }

  /// Makes the request of the next attempt, and shows it to the policies.
  ///
  /// \return what a policy answered in the server's stead; nothing: the request is to be sent.
  [[nodiscard]] std::optional<http::Outcome> prepare();

  /// Counts the attempt that was prepared.
  void begin() noexcept { ++count_; }

  /// Has the attempt end by then.
  ///
  /// \return false where that is now.
  [[nodiscard]] bool end_by(std::optional<TimePoint> limit);

  /// Shows the outcome to the policies that saw the request, the last one first.
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
  std::vector<http::Attempt> seen_;  // one for each policy that saw the request
  int count_ = 0;
  bool asks_for_largest_page_ = false;
};

}  // namespace segment::inline SEGMENT_ABI::detail
