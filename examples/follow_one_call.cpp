// Follows one call through its log, its metrics and its trace: a request that fails once in the
// sandbox shows up in each of them. Replace Span with your tracer's; for OpenTelemetry, use
// segment/opentelemetry/current_span.hpp.

#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <spdlog/spdlog.h>
#include <segment/prometheus/metrics.hpp>
#include <segment/segment.hpp>
#include <segment/spdlog/log.hpp>
#include <segment/trace_context.hpp>

#include <exception>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>

#include "connect.hpp"

namespace {

/// An application's span; while it exists it is its thread's current one.
class Span {
 public:
  explicit Span(const std::string& name) {
    current = {.trace_id = "4bf92f3577b34da6a3ce929d0e0e4736",
               .span_id = "00f067aa0ba902b7",
               .sampled = true};
    std::cout << "span " << name << " of trace " << current->trace_id << '\n';
  }
  ~Span() { current.reset(); }
  Span(const Span&) = delete;
  Span& operator=(const Span&) = delete;

  static thread_local std::optional<segment::TraceContext> current;
};

thread_local std::optional<segment::TraceContext> Span::current{};

/// Shows what is sent. As the last policy it sees the changes of all others.
class ShowTrace final : public segment::http::Policy {
 public:
  std::optional<segment::http::Outcome> before_send(segment::http::Request& request,
                                                    segment::http::Attempt& attempt) override {
    std::cout << "attempt " << attempt.number << " of call " << attempt.call << " is sent with "
              << request.headers.find("traceparent").value_or("no trace") << '\n';
    return std::nullopt;
  }
};

void show_metrics(const prometheus::Registry& registry, const std::string& operation) {
  std::istringstream lines(prometheus::TextSerializer().Serialize(registry.Collect()));
  for (std::string line; std::getline(lines, line);) {
    const bool is_of_it = line.find("\"" + operation + "\"") != std::string::npos;
    if (is_of_it && line.find("_bucket") == std::string::npos) std::cout << line << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) try {
  segment::sandbox::Sandbox sandbox;
  (void)argc;
  (void)argv;
  sandbox.next("getWorkspace", segment::sandbox::Fault::status(503));

  const auto registry = std::make_shared<prometheus::Registry>();
  segment::ClientOptions options = sandbox.client_options();
  options.on_event =
      [log = segment::spdlog::log_calls(spdlog::default_logger()),
       count = segment::prometheus::observe_calls(registry)](const segment::CallEvent& event) {
        log(event);
        count(event);
      };
  segment::send_traceparent(options, [](const segment::CallEvent&) { return Span::current; });
  options.policies.push_back(std::make_shared<ShowTrace>());
  const segment::Client client(options);

  const Span span("nightly sync");
  std::cout << client.workspaces().get({.tag = "nightly sync"}).name << '\n';
  show_metrics(*registry, "getWorkspace");
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
