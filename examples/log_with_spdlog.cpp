// Hands the events of each call to a logger, here spdlog: one line a try, a warning where it is
// sent again, an error where a call ends badly. An event holds nothing secret, so all of it may be
// logged.

#include <spdlog/spdlog.h>
#include <segment/segment.hpp>

#include <chrono>
#include <exception>
#include <iostream>

#include "connect.hpp"

namespace {

double milliseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

void log(spdlog::logger& logger, const segment::CallEvent& event) {
  using Kind = segment::CallEvent::Kind;
  const auto& id = event.operation.id;
  switch (event.kind) {
    case Kind::response_received:
      logger.info("call {} {} try {}: {} in {:.1f} ms, {} bytes", event.call, id, event.attempt,
                  event.status, milliseconds(event.duration), event.response_bytes);
      break;
    case Kind::attempt_failed:
      logger.warn("call {} {} try {}: no answer after {:.1f} ms", event.call, id, event.attempt,
                  milliseconds(event.duration));
      break;
    case Kind::retry_scheduled:
      logger.warn("call {} {} is sent again in {:.0f} ms", event.call, id,
                  milliseconds(event.duration));
      break;
    case Kind::call_ended:
      if (event.error) {
        logger.error("call {} {} failed: {}", event.call, id, to_string(*event.error));
      }
      break;
    default:
      logger.debug("call {} {} {}", event.call, id, to_string(event.kind));
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  segment::ClientOptions options = connection.options();
  options.on_event = [](const segment::CallEvent& event) { log(*spdlog::default_logger(), event); };
  const segment::Client client(options);

  std::cout << client.workspaces().get().name << '\n';
  try {
    (void)client.sources().get(segment::SourceId{"no-such-source"});
  } catch (const segment::NotFoundError&) {
    std::cout << "there is no such source\n";
  }
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
