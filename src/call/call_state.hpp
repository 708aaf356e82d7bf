#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "call/call_log.hpp"
#include "call/call_quota.hpp"
#include "call/call_turn.hpp"
#include "call/core.hpp"
#include "call/prepared_call.hpp"
#include "call/raise.hpp"
#include "call/verdict.hpp"
#include "segment/call_options.hpp"
#include "segment/http/request.hpp"
#include "segment/http/response.hpp"
#include "segment/rate_limiter.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// One call from its first try to its result: it says what is to be done next, and neither sends
/// nor waits itself, so that a blocking and an asynchronous front drive the very same code.
///
///     for (;;) switch (state.next()) {
///       case Step::send: state.answered(send(state.request())); break;
///       case Step::wait: wait_until(state.wake_at()); break;
///       case Step::finish: return state.finish(result);
///     }
class CallState {
 public:
  enum class Step : std::uint8_t { send, wait, finish };

  /// Both are kept by reference.
  CallState(const Core& core, const PreparedCall& call);
  ~CallState();
  CallState(const CallState&) = delete;
  CallState& operator=(const CallState&) = delete;

  /// What to do now. `send` makes the request of the next try ready.
  [[nodiscard]] Step next();

  /// The request to send, after `send`.
  [[nodiscard]] const http::Request& request() const noexcept { return request_; }

  /// When to come back, after `wait`.
  [[nodiscard]] std::chrono::steady_clock::time_point wake_at() const noexcept { return *wake_at_; }

  /// When the call's time is out; nothing where it has no end.
  [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> limit() const noexcept {
    return limit_;
  }

  /// Takes what came of the request, and judges it.
  void answered(http::Outcome outcome);

  /// Ends the call where the transport said, instead of sending, that it was set up wrongly. To be
  /// called in the handler of that error.
  [[noreturn]] void not_sent(const ConfigurationError& error);

  /// After `finish`: fills the result from the answer, or throws what went wrong.
  void finish(void* result);

 private:
  [[nodiscard]] Step advance();
  void prepare_headers();
  void prepare_attempt();
  void run_policies();
  [[nodiscard]] bool must_wait_for_turn(std::chrono::steady_clock::time_point now);
  [[nodiscard]] Step run_out_of_time();
  [[nodiscard]] bool fit_into_limit();
  [[nodiscard]] bool quota_is_used_up(std::chrono::steady_clock::time_point now);
  void end_turn();
  [[nodiscard]] RateObservation learn();
  void decide(const Verdict& verdict);
  void stop(std::string reason);
  [[nodiscard]] bool past_limit(std::chrono::steady_clock::time_point when) const;
  [[nodiscard]] CallFacts facts() const;
  void end(void* result);

  const Core& core_;
  const PreparedCall& call_;
  const CallOptions& options_;
  const Operation& operation_;

  http::Request request_;
  int max_attempts_;
  bool idempotent_;
  std::optional<std::chrono::steady_clock::time_point> limit_;
  std::optional<std::chrono::steady_clock::time_point> wake_at_;
  int attempts_ = 0;
  bool finished_ = false;

  CallTurn turn_;  // of the try to come, or under way
  bool wait_is_told_ = false;
  const CallQuota quota_;
  std::string held_back_by_;    // never sent: this limit, as a part of a sentence
  bool quota_used_up_ = false;  // the newest answer said so

  std::optional<http::Outcome> outcome_;  // of the newest try
  std::vector<ApiErrorItem> errors_;      // that its answer lists
  std::optional<http::Failure> ended_;  // the call itself was cut short: cancelled, or out of time
  bool retryable_ = false;
  bool outcome_unknown_ = false;
  std::optional<std::chrono::milliseconds> hint_;
  std::string stopped_;
  CallLog log_;
};

}  // namespace segment::inline SEGMENT_ABI::detail
