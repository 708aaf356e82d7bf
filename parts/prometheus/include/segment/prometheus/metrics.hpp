#pragma once

#include <memory>

#include "segment/call_event.hpp"

namespace prometheus {
class Registry;
}  // namespace prometheus

/// Metrics of calls for Prometheus, by prometheus-cpp. Link `segment::prometheus`.
namespace segment::inline SEGMENT_ABI::prometheus {

/// An observer that counts a client's calls into a registry, for `ClientOptions::on_event`. Each
/// client is given one of its own; clients may share a registry, and their figures are then added
/// up.
///
/// | metric | labels | what |
/// | --- | --- | --- |
/// | `segment_calls_total` | operation, result | calls that ended: `ok`, or the kind of their error
/// | | `segment_call_duration_seconds` | operation | a histogram, waits and retries included | |
/// `segment_attempts_total` | operation, result | attempts: a status, or why there was none | |
/// `segment_attempt_duration_seconds` | operation | a histogram of one request and its response |
/// | `segment_waits_total` | operation, reason | waits: `permit` or `retry` |
/// | `segment_wait_seconds_total` | operation, reason | and how long they were |
/// | `segment_errors_total` | kind | calls that failed |
/// | `segment_request_bytes_total`, `segment_response_bytes_total` | operation | bodies |
/// | `segment_calls_in_progress` | | calls that began and have not ended |
/// | `segment_calls_queued` | | of these, those that wait: for a permit, a retry or their turn |
/// | `segment_connections_busy` | | connections with a request: each carries one at a time |
///
/// \param registry must not be null.
[[nodiscard]] SEGMENT_EXPORT CallObserver
observe_calls(const std::shared_ptr<::prometheus::Registry>& registry);

}  // namespace segment::inline SEGMENT_ABI::prometheus
