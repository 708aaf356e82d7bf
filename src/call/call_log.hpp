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

/// Calls a client's observer with what happens in one call; without an observer it does nothing. A
/// call that started also ends: at the latest with this object.
class CallLog {
 public:
  /// Core and call are kept by reference.
  ///
  /// \param number of the client's calls.
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
  void attempt_sent(int attempt, const http::Request& request);
  /// \param request whose token is taken out of the response's texts.
  void outcome(int attempt, const http::Outcome& outcome, const http::Request& request);
  void retry_scheduled(int attempt, std::chrono::nanoseconds wait) const;
  void ended_well();
  void ended_badly(const Error& error);

 private:
  [[nodiscard]] CallEvent event(CallEvent::Kind kind, int attempt) const;
  void end(CallEvent ended);
  void emit(const CallEvent& event) const;

  const Core& core_;
  const Operation& operation_;
  const std::string& tag_;
  const bool on_;
  const std::uint64_t call_;
  bool open_ = false;  // started, and not ended
  int attempts_ = 0;
  int status_ = 0;  // of the newest response
  std::string request_id_{};
  std::chrono::steady_clock::time_point started_{};
  std::chrono::steady_clock::time_point sent_{};
};

}  // namespace segment::inline SEGMENT_ABI::detail
