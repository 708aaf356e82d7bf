#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "segment/http/header.hpp"
#include "segment/http/response.hpp"
#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI {

/// Something that happened on the way of a call: for logs, traces and metrics.
///
/// What it carries is picked from a list of what is harmless: never a token, a filled-in path, a
/// query, a body, or a header that is not on the list. Members that say nothing about this kind of
/// event have their empty value.
///
/// Copying: do not keep one; its views live no longer than the call of the observer. Cost: nothing
/// is put together without an observer. Thread safety: as a struct.
struct CallEvent {
  enum class Kind : std::uint8_t {
    call_started,     ///< nothing was sent yet
    limiter_waited,   ///< the rate limiter holds the next try back for `duration`
    attempt_sent,     ///< a try is on its way: `attempt`, `request_bytes`
    answered,         ///< an answer of any status: `status`, `response_bytes`, `duration`
    not_answered,     ///< the exchange failed: `failure`, `duration`
    retry_scheduled,  ///< it is sent again after `duration`
    call_ended,       ///< `ok`, and if not `error`; `attempt` counts the attempts
  };

  Kind kind = Kind::call_started;
  /// The same for all events of one call; counts the calls of a client and its copies from 1.
  std::uint64_t call = 0;
  /// Which operation: its name, verb and path template.
  const Operation& operation;
  /// The number of the try, from 1; 0 before the first.
  int attempt = 0;
  /// Since the call began.
  std::chrono::nanoseconds elapsed{};
  /// Of the try, of the wait, or of the whole call.
  std::chrono::nanoseconds duration{};
  /// Of the body, in bytes.
  std::size_t request_bytes = 0;
  /// Of the body after decompression, in bytes.
  std::size_t response_bytes = 0;
  /// The answer's; of `call_ended` the last answer's. 0: there was none.
  int status = 0;
  /// The answer's id for Segment's support. Empty: it had none.
  std::string_view request_id{};
  /// Why there was no answer.
  std::optional<http::FailureKind> failure{};
  /// The answer's headers that are on the list: dates, sizes, types, request ids and rate limits.
  std::span<const http::Header> headers{};
  /// Whether the call did what it was asked for.
  bool ok = false;
  /// Of `call_ended`: whether it was perhaps done although it failed.
  bool outcome_unknown = false;
  /// The type of the error that the call ends with, for example `NotFoundError`: its text, which
  /// may quote the server, is the caller's to log. Empty: all is well.
  std::string_view error{};
};

/// `call_started`, `attempt_sent` and so on.
[[nodiscard]] std::string_view to_string(CallEvent::Kind kind) noexcept;

/// Called in the thread that drives the call, possibly from many at once; what it throws is
/// dropped, so that a log that fails breaks no call.
using CallObserver = std::function<void(const CallEvent&)>;

}  // namespace segment::inline SEGMENT_ABI
