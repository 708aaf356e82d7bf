#include "segment/trace_context.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "http/syntax.hpp"
#include "threads/fork.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI {

namespace {

// An id in lower case, as the header requires; empty if it is invalid.
std::string trace_part(std::string_view id, std::size_t digits) {
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  std::string part = detail::lower(id);
  const bool is_id = part.size() == digits &&
                     part.find_first_not_of(hexadecimal) == std::string::npos &&
                     part.find_first_not_of('0') != std::string::npos;
  return is_id ? part : std::string();
}

using SpanHeaders = std::vector<http::Header>;

SpanHeaders headers_of(const TraceContext& span) {
  SpanHeaders headers;
  const auto parent = span.traceparent();
  if (!parent) return headers;
  headers.push_back({"traceparent", *parent});
  if (!span.state.empty() && detail::is_header_value(span.state)) {
    headers.push_back({"tracestate", span.state});
  }
  return headers;
}

/// The trace headers of the calls in progress, which the observer keeps and the policy sends.
class TracePolicy final : public http::Policy {
 public:
  explicit TracePolicy(SpanProvider span_provider) : span_provider_(std::move(span_provider)) {}

  void start(const CallEvent& started) {
    const auto span = span_provider_(started);
    if (!span) return;
    SpanHeaders headers = headers_of(*span);
    const std::scoped_lock lock(mutex_);
    headers_.insert_or_assign(started.call, std::move(headers));
  }

  void end(std::uint64_t call) {
    const std::scoped_lock lock(mutex_);
    headers_.erase(call);
  }

  std::optional<http::Outcome> before_send(http::Request& request,
                                           http::Attempt& attempt) override {
    const std::scoped_lock lock(mutex_);
    const auto headers = headers_.find(attempt.call);
    if (headers == headers_.end()) return std::nullopt;
    for (const auto& [name, value] : headers->second) request.headers.set(name, value);
    return std::nullopt;
  }

 private:
  const SpanProvider span_provider_;
  detail::ForkSafeMutex mutex_{};
  std::map<std::uint64_t, SpanHeaders> headers_{};
};

}  // namespace

std::optional<std::string> TraceContext::traceparent() const {
  const std::string trace = trace_part(trace_id, 32);
  const std::string span = trace_part(span_id, 16);
  if (trace.empty() || span.empty()) return std::nullopt;
  return "00-" + trace + "-" + span + (sampled ? "-01" : "-00");
}

void send_traceparent(ClientOptions& options, SpanProvider span_provider) {
  auto policy = std::make_shared<TracePolicy>(std::move(span_provider));
  options.policies.push_back(policy);
  options.on_event = [policy, observer = std::move(options.on_event)](const CallEvent& event) {
    // The application's observer comes first, since it may begin the span.
    const bool is_start = event.kind == CallEvent::Kind::call_started;
    try {
      if (observer) observer(event);
    } catch (...) {
      if (!is_start && event.kind != CallEvent::Kind::call_ended) throw;
    }
    if (is_start) policy->start(event);
    if (event.kind == CallEvent::Kind::call_ended) policy->end(event.call);
  };
}

}  // namespace segment::inline SEGMENT_ABI
