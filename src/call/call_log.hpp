#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "call/core.hpp"
#include "operations/prepared_call.hpp"
#include "segment/call_event.hpp"
#include "segment/error.hpp"
#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Reports the events of one call to the client's observer, if any. A call that was started also
/// ends, at the latest when this is destroyed.
class CallLog {
 public:
  /// Keeps references to core and call.
  ///
  /// \param number the call's number within the client.
  CallLog(const Core& core, const PreparedCall& call, std::uint64_t number)
      : core_(core),
        operation_(call.operation()),
        tag_(call.tag()),
        on_(static_cast<bool>(core.options().on_event)),
        call_(number) {}
  ~CallLog();
  CallLog(const CallLog&) = delete;
  CallLog& operator=(const CallLog&) = delete;

  void started();
  void permit_waited(int attempt, std::chrono::nanoseconds wait) const;
  /// A policy answers the attempt: nothing is sent.
  void attempt_answered(int attempt);
  void attempt_sent(int attempt, const http::Request& request);
  /// \param request its token is removed from the response's texts.
  void outcome(int attempt, const http::Outcome& outcome, const http::Request& request);
  void retry_scheduled(int attempt, std::chrono::nanoseconds wait) const;
  void ended_well();
  void ended_badly(const Error& error);

 private:
  [[nodiscard]] CallEvent event(CallEvent::Kind kind, int attempt) const;
  void begin(int attempt);
  void end(CallEvent ended);
  void emit(const CallEvent& event) const;

  const Core& core_;
  const Operation& operation_;
  const std::string& tag_;
  const bool on_;
  const std::uint64_t call_;
  bool open_ = false;  // started but not ended
  int attempts_ = 0;
  bool was_sent_ = false;  // any attempt
  int status_ = 0;         // of the newest response
  std::string request_id_{};
  std::chrono::steady_clock::time_point started_{};
  std::chrono::steady_clock::time_point attempt_started_{};  // the newest
};

}  // namespace segment::inline SEGMENT_ABI::detail
