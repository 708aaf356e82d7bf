#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "segment/error.hpp"
#include "segment/http/header.hpp"
#include "segment/http/response.hpp"
#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI {

/// Something that happened during a call: for logs, traces and metrics.
///
/// It is safe to log, unless your tag is not: it never contains a token, a filled-in path, a query,
/// a body, or a header that is not known to be harmless. Members that do not apply to a kind of
/// event are empty.
///
/// Copying: do not keep one; its views are valid until the observer returns. Cost: no event is made
/// without an observer.
struct CallEvent {
  enum class Kind : std::uint8_t {
    call_started,       ///< nothing has been sent yet
    permit_waited,      ///< the next attempt waits for its permit; `duration` is the expected wait
    attempt_sent,       ///< an attempt is on its way: `attempt`, `request_bytes`
    response_received,  ///< a response of any status: `status`, `response_bytes`, `duration`
    attempt_failed,     ///< the attempt got no response: `failure`, `duration`
    retry_scheduled,    ///< the next attempt follows after `duration`
    call_ended,         ///< `ok`, and if not `error`; `attempt` counts the attempts
  };

  Kind kind = Kind::call_started;
  /// The call's number, the same in all its events; counts the calls of a client and its copies
  /// from 1.
  std::uint64_t call = 0;
  /// The operation: its unique `id` (`createSource`), its `name`, which is `create` in many groups,
  /// its verb and its path template.
  const Operation& operation;
  /// `CallOptions::tag`.
  std::string_view tag{};
  /// The number of the attempt, from 1; 0 before the first.
  int attempt = 0;
  /// The time since the call began.
  std::chrono::nanoseconds elapsed{};
  /// How long the attempt, the wait or the whole call took.
  std::chrono::nanoseconds duration{};
  /// The size of the request's body, in bytes.
  std::size_t request_bytes = 0;
  /// The size of the response's body after decompression, in bytes.
  std::size_t response_bytes = 0;
  /// The response's HTTP status; with `call_ended`, that of the last response. 0: there was none.
  int status = 0;
  /// The response's id for Segment's support. Empty: it had none.
  std::string_view request_id{};
  /// Why there was no response.
  std::optional<http::FailureKind> failure{};
  /// The harmless headers of the response: dates, sizes, types, request ids and rate limits.
  std::span<const http::Header> headers{};
  /// Whether the call succeeded.
  bool ok = false;
  /// With `call_ended`: whether the operation may have been carried out although the call failed.
  bool outcome_unknown = false;
  /// With `call_ended`: the kind of the call's error; `other` for an exception that is not this
  /// library's. The error's text is left to the caller, because it may quote the server.
  std::optional<ErrorKind> error{};
};

/// `call_started`, `attempt_sent` and so on.
[[nodiscard]] SEGMENT_EXPORT std::string_view to_string(CallEvent::Kind kind) noexcept;
template <class Stream>
Stream& operator<<(Stream& stream, CallEvent::Kind kind) {
  stream << to_string(kind);
  return stream;
}

/// Called on the thread that drives the call, possibly on many at once. Its exceptions are ignored,
/// so that a failing logger does not break the call.
using CallObserver = std::function<void(const CallEvent&)>;

}  // namespace segment::inline SEGMENT_ABI
