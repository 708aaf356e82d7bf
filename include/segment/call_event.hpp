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

/// Something that happened on the way of a call: for logs, traces and metrics.
///
/// What it carries is safe to log, but for a tag that is not: never a token, a filled-in path, a
/// query, a body, or a header that is not on a list of harmless ones. Members that do not apply to
/// a kind of event are empty.
///
/// Copying: do not keep one; its views are valid until the observer returns. Cost: no event is made
/// without an observer. Thread safety: as a struct.
struct CallEvent {
  enum class Kind : std::uint8_t {
    call_started,       ///< nothing was sent yet
    permit_waited,      ///< the next attempt waits `duration` for its permit
    attempt_sent,       ///< an attempt is on its way: `attempt`, `request_bytes`
    response_received,  ///< a response of any status: `status`, `response_bytes`, `duration`
    attempt_failed,     ///< the attempt brought no response: `failure`, `duration`
    retry_scheduled,    ///< the next attempt follows after `duration`
    call_ended,         ///< `ok`, and if not `error`; `attempt` counts the attempts
  };

  Kind kind = Kind::call_started;
  /// The same for all events of one call; counts the calls of a client and its copies from 1.
  std::uint64_t call = 0;
  /// Which operation: `id` tells it from every other (`createSource`), where `name` is `create` in
  /// many groups; and its verb and path template.
  const Operation& operation;
  /// `CallOptions::tag`.
  std::string_view tag{};
  /// The number of the attempt, from 1; 0 before the first.
  int attempt = 0;
  /// Since the call began.
  std::chrono::nanoseconds elapsed{};
  /// Of the attempt, of the wait, or of the whole call.
  std::chrono::nanoseconds duration{};
  /// Of the body, in bytes.
  std::size_t request_bytes = 0;
  /// Of the body after decompression, in bytes.
  std::size_t response_bytes = 0;
  /// Of the response; with `call_ended` of the last one. 0: there was none.
  int status = 0;
  /// The response's id for Segment's support. Empty: it had none.
  std::string_view request_id{};
  /// Why there was no response.
  std::optional<http::FailureKind> failure{};
  /// The response's headers that are on the list: dates, sizes, types, request ids and rate limits.
  std::span<const http::Header> headers{};
  /// Whether the call succeeded.
  bool ok = false;
  /// With `call_ended`: whether the operation may have been carried out although the call failed.
  bool outcome_unknown = false;
  /// With `call_ended`: the kind of the error that the call ends with; `other` for an exception
  /// that is not this library's. The error's text may quote the server, and is the caller's to log.
  std::optional<ErrorKind> error{};
};

/// `call_started`, `attempt_sent` and so on.
[[nodiscard]] SEGMENT_EXPORT std::string_view to_string(CallEvent::Kind kind) noexcept;

/// Called on the thread that drives the call, possibly on many at once. What it throws is dropped,
/// so that a failing log breaks no call.
using CallObserver = std::function<void(const CallEvent&)>;

}  // namespace segment::inline SEGMENT_ABI
