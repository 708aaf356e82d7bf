#pragma once

#include <functional>
#include <optional>
#include <string>

#include "segment/call_event.hpp"
#include "segment/client_options.hpp"

namespace segment::inline SEGMENT_ABI {

/// The identity of a span, as in W3C Trace Context, from any tracing library.
struct TraceContext {
  /// 32 hexadecimal digits, not all of them zero.
  std::string trace_id{};
  /// 16 hexadecimal digits, not all of them zero: the span that is the request's parent.
  std::string span_id{};
  bool sampled = false;
  /// `tracestate`, sent as is. Empty: none is sent.
  std::string state{};

  /// The header `traceparent`; empty if the ids are invalid.
  [[nodiscard]] SEGMENT_EXPORT std::optional<std::string> traceparent() const;
};

/// Returns the span of a call. Called when each call starts, on the thread that starts it: yours
/// for a call that you make, the library's for a further page or step.
using SpanProvider = std::function<std::optional<TraceContext>(const CallEvent& started)>;

/// Makes a client send `traceparent` and `tracestate` with each attempt of a call that has a span.
///
///     segment::ClientOptions options;
///     segment::send_traceparent(options, [](const segment::CallEvent&) {
///       return std::optional(segment::TraceContext{  // your tracer's current span
///           .trace_id = "4bf92f3577b34da6a3ce929d0e0e4736", .span_id = "00f067aa0ba902b7",
///           .sampled = true});
///     });
///
/// It adds a policy and wraps the observer in the options, so set the observer first. If the
/// function throws, the call has no span. Use the options for one client and its copies only.
SEGMENT_EXPORT void send_traceparent(ClientOptions& options, SpanProvider span_provider);

}  // namespace segment::inline SEGMENT_ABI
