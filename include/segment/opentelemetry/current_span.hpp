#pragma once

/// \file
/// The current span of OpenTelemetry's C++ API, as the span of a call. Programs that include this
/// header need that library and link it; this project's tests do not run it.

#include <optional>
#include <string>

#include "segment/trace_context.hpp"

#if __has_include(<opentelemetry/trace/tracer.h>)
#include <opentelemetry/trace/tracer.h>

namespace segment::inline SEGMENT_ABI::opentelemetry {

/// For `send_traceparent(options, [](const CallEvent&) { return opentelemetry::current_span(); })`.
///
/// \return empty if no span is active on this thread.
[[nodiscard]] inline std::optional<TraceContext> current_span() {
  const auto context = ::opentelemetry::trace::Tracer::GetCurrentSpan()->GetContext();
  if (!context.IsValid()) return std::nullopt;
  char trace_id[32];
  char span_id[16];
  context.trace_id().ToLowerBase16(trace_id);
  context.span_id().ToLowerBase16(span_id);
  return TraceContext{.trace_id = std::string(trace_id, sizeof trace_id),
                      .span_id = std::string(span_id, sizeof span_id),
                      .sampled = context.IsSampled(),
                      .state = context.trace_state()->ToHeader()};
}

}  // namespace segment::inline SEGMENT_ABI::opentelemetry

#endif
