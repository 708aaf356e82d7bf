#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <variant>

#include "call/attempts.hpp"
#include "call/call_log.hpp"
#include "call/call_outcome.hpp"
#include "call/core.hpp"
#include "call/retry_plan.hpp"
#include "operations/prepared_call.hpp"
#include "segment/error.hpp"
#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// One call from its first attempt to its result. It says what to do next but neither sends nor
/// waits itself, so that blocking and asynchronous calls share this code.
///
///     for (;;) {
///       const auto step = state.next();
///       if (send)            state.complete(send(send->request));
///       else if (wait)       wait_until(wait->time);
///       else                 return state.finish(result);
///     }
class CallState {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// Send this request, then call `complete` with its outcome.
  struct Send {
    const http::Request& request;
  };
  /// Wait until then, or until the caller requests a stop.
  struct WaitUntil {
    TimePoint time;
  };
  /// Call `finish`.
  struct Finish {};
  using Step = std::variant<Send, WaitUntil, Finish>;

  /// Keeps references to both.
  CallState(const Core& core, const PreparedCall& call);
  CallState(const CallState&) = delete;
  CallState& operator=(const CallState&) = delete;

  /// What to do now.
  [[nodiscard]] Step next();

  /// The token that stops the call, whether through its own token or its client's.
  [[nodiscard]] const std::stop_token& stop_token() const noexcept { return stop_.token(); }

  /// When the call's time expires; std::nullopt if it has no limit.
  [[nodiscard]] std::optional<TimePoint> limit() const noexcept { return plan_.limit(); }

  /// Takes the outcome of the request, and decides how the call continues.
  void complete(http::Outcome outcome);

  /// Ends the call if the transport reported that it was set up wrongly. Call it in the handler of
  /// that error.
  [[noreturn]] void not_sent(const ConfigurationError& error);

  /// After `Finish`: fills the result from the response, or throws what went wrong.
  void finish(void* result);

 private:
  [[nodiscard]] Step advance();
  [[nodiscard]] bool quota_is_used_up(TimePoint now);
  [[nodiscard]] std::optional<Step> wait_for_permit(TimePoint now);
  [[nodiscard]] std::optional<http::Outcome> prepare();
  void settle(http::Outcome outcome, bool sent);
  [[nodiscard]] RateObservation observe(bool sent);
  [[nodiscard]] bool takes_smaller_page();
  void retry_or_stop(const Verdict& verdict);
  Finish time_out();
  Finish stop();

  const Core& core_;
  const PreparedCall& call_;
  const std::uint64_t number_;  // of the client's calls
  const CallStop stop_;

  RetryPlan plan_;
  Attempts attempts_;
  CallLimits limits_;
  CallOutcome outcome_;
  CallLog log_;

  std::optional<TimePoint> resume_at_;  // after a backoff, or to ask for the permit again
  bool permit_wait_is_logged_ = false;
  bool quota_used_up_ = false;  // the newest response said so
  bool finished_ = false;
};

/// Makes one call and waits for it: sends, waits between attempts, and fills the result or
/// throws.
SEGMENT_EXPORT_INTERNAL void run(const Core& core, const PreparedCall& call, void* result);
/// The same for a call that is part of one already in progress, and so is not refused while the
/// client shuts down.
void run(const Core& core, const PreparedCall& call, const CallInProgress& part_of, void* result);

/// The failure for an exception thrown by a transport; call it in the handler. A user's own
/// transport may throw, which leaves the outcome of the request unknown.
[[nodiscard]] inline http::Failure transport_threw() {
  try {
    throw;
  } catch (const std::exception& error) {
    return {http::FailureKind::other, true, std::string("the transport threw: ") + error.what()};
  } catch (...) {
    return {http::FailureKind::other, true, "the transport threw"};
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
