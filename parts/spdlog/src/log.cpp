#include "segment/spdlog/log.hpp"

#include <spdlog/logger.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

namespace segment::inline SEGMENT_ABI::spdlog {

namespace {

double milliseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

// `call 7 getSource attempt 1 (nightly)`: the start of each line.
std::string subject_of(const CallEvent& event) {
  std::string subject =
      "call " + std::to_string(event.call) + " " + std::string(event.operation.id);
  if (event.attempt > 0) subject += " attempt " + std::to_string(event.attempt);
  if (!event.tag.empty()) subject.append(" (").append(event.tag).append(")");
  return subject;
}

void log_end(::spdlog::logger& logger, const CallEvent& event) {
  const std::string subject = subject_of(event);
  if (event.ok) {
    logger.debug("{}: done in {:.1f} ms", subject, milliseconds(event.duration));
    return;
  }
  logger.error("{}: failed after {:.1f} ms: {}, status {}, request id {}{}", subject,
               milliseconds(event.duration), to_string(event.error.value_or(ErrorKind::other)),
               event.status, event.request_id.empty() ? "none" : event.request_id,
               event.outcome_unknown ? ", outcome unknown" : "");
}

void log(::spdlog::logger& logger, const CallEvent& event) {
  switch (event.kind) {
    case CallEvent::Kind::response_received:
      logger.info("{}: {} in {:.1f} ms, {} bytes, request id {}", subject_of(event), event.status,
                  milliseconds(event.duration), event.response_bytes,
                  event.request_id.empty() ? "none" : event.request_id);
      break;
    case CallEvent::Kind::attempt_failed:
      logger.warn("{}: no response after {:.1f} ms", subject_of(event),
                  milliseconds(event.duration));
      break;
    case CallEvent::Kind::retry_scheduled:
      logger.warn("{}: retried in {:.0f} ms", subject_of(event), milliseconds(event.duration));
      break;
    case CallEvent::Kind::call_ended:
      log_end(logger, event);
      break;
    case CallEvent::Kind::permit_waited:
      logger.debug("{}: waits {:.0f} ms for its permit", subject_of(event),
                   milliseconds(event.duration));
      break;
    case CallEvent::Kind::call_started:
    case CallEvent::Kind::attempt_sent:
      logger.debug("{}: {}", subject_of(event), to_string(event.kind));
      break;
  }
}

}  // namespace

CallObserver log_calls(std::shared_ptr<::spdlog::logger> logger) {
  if (logger == nullptr) throw std::invalid_argument("log_calls needs a logger");
  return [logger = std::move(logger)](const CallEvent& event) { log(*logger, event); };
}

}  // namespace segment::inline SEGMENT_ABI::spdlog
