#pragma once

#include <functional>
#include <optional>
#include <string>

#include "segment/call_event.hpp"
#include "segment/client_options.hpp"

namespace segment::inline SEGMENT_ABI {

/// A span as W3C Trace Context names it, whatever library it comes from.
///
/// Copying: a value. Cost: small. Thread safety: as a struct.
struct TraceContext {
  /// 32 hexadecimal digits, not all of them zero.
  std::string trace_id{};
  /// 16 hexadecimal digits, not all of them zero: the span that is the request's parent.
  std::string span_id{};
  bool sampled = false;
  /// `tracestate`, as it is sent. Empty: none is sent.
  std::string state{};

  /// The header `traceparent`; nothing where the ids are none.
  [[nodiscard]] SEGMENT_EXPORT std::optional<std::string> traceparent() const;
};

/// Tells the span of a call. Called as each call starts, on the thread that starts it: the
/// application's, for a call of its own; the library's, for a further page or step.
using SpanOfCall = std::function<std::optional<TraceContext>(const CallEvent& started)>;

/// Has a client send `traceparent`, and `tracestate`, with each attempt of a call that has a span.
///
///     segment::ClientOptions options;
///     segment::send_traceparent(options, [](const segment::CallEvent&) {
///       return std::optional(segment::TraceContext{  // your tracer's current span
///           .trace_id = "4bf92f3577b34da6a3ce929d0e0e4736", .span_id = "00f067aa0ba902b7",
///           .sampled = true});
///     });
///
/// It adds a policy, and wraps the observer that is in the options: set that before. What the
/// function throws is as if there were no span. The options are for one client and its copies.
SEGMENT_EXPORT void send_traceparent(ClientOptions& options, SpanOfCall span_of_call);

}  // namespace segment::inline SEGMENT_ABI
