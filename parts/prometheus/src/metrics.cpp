#include "segment/prometheus/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <mutex>
#include <stdexcept>
#include <string>
#include <unordered_map>

namespace segment::inline SEGMENT_ABI::prometheus {

namespace {

using ::prometheus::BuildCounter;
using ::prometheus::BuildGauge;
using ::prometheus::BuildHistogram;
using ::prometheus::Counter;
using ::prometheus::Family;
using ::prometheus::Gauge;
using ::prometheus::Histogram;
using ::prometheus::Registry;

double seconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

// A new list each time: a static one would be destroyed before what ends as the process exits.
Histogram::BucketBoundaries buckets() { return {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300}; }

/// The families in one registry. A name that was already registered is the same family.
class Metrics {
 public:
  explicit Metrics(const std::shared_ptr<Registry>& registry) : registry_(registry) {}

  void observe(const CallEvent& event) {
    const std::string operation(event.operation.id);
    switch (event.kind) {
      case CallEvent::Kind::call_started:
        begin(event.call);
        break;
      case CallEvent::Kind::permit_waited:
        wait(operation, "permit", event.duration);
        break;
      case CallEvent::Kind::attempt_sent:
        set_with_server(event.call, true);
        request_bytes_.Add({{"operation", operation}}).Increment(double(event.request_bytes));
        break;
      case CallEvent::Kind::response_received:
        response_bytes_.Add({{"operation", operation}}).Increment(double(event.response_bytes));
        end_attempt(event, std::to_string(event.status));
        break;
      case CallEvent::Kind::attempt_failed:
        end_attempt(event,
                    std::string(to_string(event.failure.value_or(http::FailureKind::other))));
        break;
      case CallEvent::Kind::retry_scheduled:
        wait(operation, "retry", event.duration);
        break;
      case CallEvent::Kind::call_ended:
        end(event);
        break;
    }
  }

 private:
  Family<Counter>& counter(const char* name, const char* help) {
    return BuildCounter().Name(name).Help(help).Register(*registry_);
  }
  Family<Histogram>& histogram(const char* name, const char* help) {
    return BuildHistogram().Name(name).Help(help).Register(*registry_);
  }
  Gauge& gauge(const char* name, const char* help) {
    return BuildGauge().Name(name).Help(help).Register(*registry_).Add({});
  }

  void begin(std::uint64_t call) {
    const std::scoped_lock lock(mutex_);
    if (!is_with_server_.emplace(call, false).second) return;
    in_progress_.Increment();
    queued_.Increment();
  }

  // A policy may respond instead of the server, and an exception may end a call anywhere: so what a
  // gauge counts is tracked for each call.
  void set_with_server(std::uint64_t call, bool is_with_server) {
    const std::scoped_lock lock(mutex_);
    const auto known = is_with_server_.find(call);
    if (known == is_with_server_.end() || known->second == is_with_server) return;
    known->second = is_with_server;
    queued_.Increment(is_with_server ? -1 : 1);
    busy_.Increment(is_with_server ? 1 : -1);
  }

  void end_attempt(const CallEvent& event, const std::string& result) {
    const std::string operation(event.operation.id);
    set_with_server(event.call, false);
    attempts_.Add({{"operation", operation}, {"result", result}}).Increment();
    attempt_duration_.Add({{"operation", operation}}, buckets()).Observe(seconds(event.duration));
  }

  void wait(const std::string& operation, const char* reason, std::chrono::nanoseconds time) {
    waits_.Add({{"operation", operation}, {"reason", reason}}).Increment();
    wait_seconds_.Add({{"operation", operation}, {"reason", reason}}).Increment(seconds(time));
  }

  void end(const CallEvent& event) {
    const std::string operation(event.operation.id);
    set_with_server(event.call, false);
    {
      const std::scoped_lock lock(mutex_);
      if (is_with_server_.erase(event.call) > 0) {
        in_progress_.Decrement();
        queued_.Decrement();
      }
    }
    const std::string kind(to_string(event.error.value_or(ErrorKind::other)));
    calls_.Add({{"operation", operation}, {"result", event.ok ? "ok" : kind}}).Increment();
    call_duration_.Add({{"operation", operation}}, buckets()).Observe(seconds(event.duration));
    if (!event.ok) errors_.Add({{"kind", kind}}).Increment();
  }

  std::shared_ptr<Registry> registry_;
  Family<Counter>& calls_ = counter("segment_calls_total", "Calls that ended.");
  Family<Counter>& attempts_ = counter("segment_attempts_total", "Attempts that ended.");
  Family<Counter>& waits_ = counter("segment_waits_total", "Waits of calls.");
  Family<Counter>& wait_seconds_ =
      counter("segment_wait_seconds_total", "The total time that calls waited.");
  Family<Counter>& errors_ = counter("segment_errors_total", "Calls that failed.");
  Family<Counter>& request_bytes_ =
      counter("segment_request_bytes_total", "Bytes of request bodies.");
  Family<Counter>& response_bytes_ =
      counter("segment_response_bytes_total", "Bytes of response bodies, after decompression.");
  Family<Histogram>& call_duration_ = histogram(
      "segment_call_duration_seconds", "Durations of calls, with their waits and retries.");
  Family<Histogram>& attempt_duration_ = histogram(
      "segment_attempt_duration_seconds", "Durations of attempts: one request and its response.");
  Gauge& in_progress_ = gauge("segment_calls_in_progress", "Calls in progress.");
  Gauge& queued_ = gauge("segment_calls_queued", "Calls that are waiting.");
  Gauge& busy_ = gauge("segment_connections_busy", "Connections with a request in progress.");

  std::mutex mutex_{};
  std::unordered_map<std::uint64_t, bool> is_with_server_{};  // the calls in progress
};

}  // namespace

CallObserver observe_calls(const std::shared_ptr<Registry>& registry) {
  if (registry == nullptr) throw std::invalid_argument("observe_calls needs a registry");
  return [metrics = std::make_shared<Metrics>(registry)](const CallEvent& event) {
    metrics->observe(event);
  };
}

}  // namespace segment::inline SEGMENT_ABI::prometheus
