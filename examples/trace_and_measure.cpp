// Turns the events of each call into a span and metrics, named after OpenTelemetry's conventions
// for HTTP clients. Replace Span and Metrics with your tracer and your meter.

#include <segment/segment.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <exception>
#include <iostream>
#include <map>
#include <mutex>
#include <string>

#include "connect.hpp"

namespace {

using Attributes = std::map<std::string, std::string>;

/// One call from start to end; its attempts are events of the span.
struct Span {
  std::string name;
  Attributes attributes;
  int attempts = 0;
};

/// What a meter would count.
struct Metrics {
  std::map<std::string, std::int64_t> calls;  // by operation and outcome
  std::int64_t retries = 0;
  std::chrono::nanoseconds longest{};
};

class Telemetry {
 public:
  void on(const segment::CallEvent& event) {
    using Kind = segment::CallEvent::Kind;
    const std::scoped_lock lock(mutex_);
    switch (event.kind) {
      case Kind::call_started:
        spans_[event.call] = start(event);
        break;
      case Kind::attempt_sent:
        ++spans_[event.call].attempts;
        break;
      case Kind::retry_scheduled:
        ++metrics_.retries;
        break;
      case Kind::call_ended:
        end(event);
        break;
      default:
        break;
    }
  }

  void report(std::ostream& out) const {
    const std::scoped_lock lock(mutex_);
    for (const auto& [name, count] : metrics_.calls) out << name << ": " << count << '\n';
    out << "retries: " << metrics_.retries << '\n';
  }

 private:
  static Span start(const segment::CallEvent& event) {
    return {.name = std::string(event.operation.id),
            .attributes = {{"http.request.method", std::string(to_string(event.operation.method))},
                           {"url.template", std::string(event.operation.path)}}};
  }

  void end(const segment::CallEvent& event) {
    Span span = std::move(spans_.extract(event.call).mapped());
    span.attributes["http.response.status_code"] = std::to_string(event.status);
    span.attributes["http.request.resend_count"] = std::to_string(std::max(0, span.attempts - 1));
    if (event.error) span.attributes["error.type"] = to_string(*event.error);
    ++metrics_.calls[span.name + (event.ok ? " ok" : " failed")];
    metrics_.longest = std::max(metrics_.longest, event.duration);
    std::cout << "span " << span.name;
    for (const auto& [name, value] : span.attributes) std::cout << "  " << name << '=' << value;
    std::cout << '\n';
  }

  mutable std::mutex mutex_;
  std::map<std::uint64_t, Span> spans_;
  Metrics metrics_;
};

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  Telemetry telemetry;
  segment::ClientOptions options = connection.options();
  options.on_event = [&](const segment::CallEvent& event) { telemetry.on(event); };
  const segment::Client client(options);

  (void)client.workspaces().get();
  for (const segment::Source& source : client.sources().list()) (void)source;
  try {
    (void)client.sources().get(segment::SourceId{"no-such-source"});
  } catch (const segment::NotFoundError&) {
    std::cout << "there is no such source\n";
  }
  telemetry.report(std::cout);
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
