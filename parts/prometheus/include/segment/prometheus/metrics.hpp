#pragma once

#include <memory>

#include "segment/call_event.hpp"

namespace prometheus {
class Registry;
}  // namespace prometheus

/// Metrics of calls for Prometheus, with prometheus-cpp. Link `segment::prometheus`.
namespace segment::inline SEGMENT_ABI::prometheus {

/// An observer that counts a client's calls in a registry, for `ClientOptions::on_event`. Give each
/// client its own observer. Clients may share a registry; their figures are then added up.
///
/// | metric | labels | what |
/// | --- | --- | --- |
/// | `segment_calls_total` | operation, result | ended calls: `ok` or the error's kind |
/// | `segment_call_duration_seconds` | operation | a histogram, with waits and retries |
/// | `segment_attempts_total` | operation, result | attempts: the status or the failure |
/// | `segment_attempt_duration_seconds` | operation | a histogram of the attempts |
/// | `segment_waits_total` | operation, reason | waits: `permit` or `retry` |
/// | `segment_wait_seconds_total` | operation, reason | how long they were |
/// | `segment_errors_total` | kind | calls that failed |
/// | `segment_request_bytes_total`, `segment_response_bytes_total` | operation | bodies |
/// | `segment_calls_in_progress` | | calls that have started and not ended |
/// | `segment_calls_queued` | | those of them that wait: for a permit, a retry or in the queue |
/// | `segment_connections_busy` | | connections with a request: each carries one at a time |
///
/// \param registry must not be null.
[[nodiscard]] SEGMENT_EXPORT CallObserver
observe_calls(const std::shared_ptr<::prometheus::Registry>& registry);

}  // namespace segment::inline SEGMENT_ABI::prometheus
