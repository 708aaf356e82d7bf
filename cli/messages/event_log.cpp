#include "messages/event_log.hpp"

#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>

#include "terminal/terminal.hpp"

namespace segment::cli {

namespace {

std::string_view name_of(http::FailureKind kind) {
  switch (kind) {
    case http::FailureKind::resolve:
      return "the host was not found";
    case http::FailureKind::connect:
      return "no connection";
    case http::FailureKind::tls:
      return "TLS failed";
    case http::FailureKind::timeout:
      return "timed out";
    case http::FailureKind::cancelled:
      return "cancelled";
    case http::FailureKind::broken:
      return "the connection broke";
    case http::FailureKind::too_large:
      return "the response is too large";
    case http::FailureKind::other:
      return "failed";
  }
  return "failed";
}

// What the line says after the operation; empty if the event does not deserve a line.
std::string what_happened(const CallEvent& event) {
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(event.duration);
  const std::string time = std::to_string(took.count()) + " ms";
  const std::string attempt = "attempt " + std::to_string(event.attempt);
  switch (event.kind) {
    case CallEvent::Kind::response_received:
      return attempt + ": " + std::to_string(event.status) + " in " + time;
    case CallEvent::Kind::attempt_failed:
      return attempt + ": " + std::string(name_of(*event.failure)) + " in " + time;
    case CallEvent::Kind::retry_scheduled:
      return "is retried in " + time;
    case CallEvent::Kind::permit_waited:
      return "waits " + time + " for its rate limit";
    default:
      return {};
  }
}

}  // namespace

void log_event(const CallEvent& event) {
  const std::string what = what_happened(event);
  if (what.empty()) return;
  const Operation& operation = event.operation;
  std::string line(operation.id);
  line.append(" ").append(http::to_string(operation.method)).append(" ").append(operation.path);
  line += " " + what + "\n";
  std::fputs(line.c_str(), stderr);
}

void tell_of_wait(const CallEvent& event) {
  constexpr auto worth_telling = std::chrono::seconds(2);
  const bool is_limit = event.kind == CallEvent::Kind::permit_waited;
  if (!is_limit && event.kind != CallEvent::Kind::retry_scheduled) return;
  if (event.duration < worth_telling) return;
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(event.duration);
  std::string line = error_is_terminal() ? "\r\x1b[K" : "";  // replacing a progress bar
  line.append(event.operation.id).append(" waits ").append(std::to_string(seconds.count()));
  line += is_limit ? " s for its rate limit\n" : " s before it is retried\n";
  std::fputs(line.c_str(), stderr);
}

}  // namespace segment::cli
