#include "call/call_log.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "errors/message_text.hpp"
#include "http/policies.hpp"
#include "threads/guards.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI {

std::string_view to_string(CallEvent::Kind kind) noexcept {
  constexpr std::array<std::string_view, 7> names = {
      "call_started",   "permit_waited",   "attempt_sent", "response_received",
      "attempt_failed", "retry_scheduled", "call_ended"};
  return names[static_cast<std::size_t>(kind)];
}

namespace detail {

namespace {

constexpr std::size_t longest_header = 300;

// Headers, besides request ids, that an observer may see.
constexpr std::array<std::string_view, 9> harmless_headers = {
    "Age",         "Content-Encoding",     "Content-Length",        "Content-Type",     "Date",
    "Retry-After", "X-RateLimit-Consumed", "X-RateLimit-Remaining", "X-RateLimit-Reset"};

bool is_harmless(std::string_view name) {
  return is_request_id(name) || std::ranges::any_of(harmless_headers, [&](std::string_view one) {
           return http::same_name(one, name);
         });
}

std::vector<http::Header> harmless(const http::Headers& headers, const http::Request& request) {
  std::vector<http::Header> picked;
  for (const http::HeaderView header : headers) {
    if (!is_harmless(header.name)) continue;
    picked.push_back({std::string(header.name),
                      cut(one_line(without_token(header.value, request)), longest_header)});
  }
  return picked;
}

}  // namespace

void CallLog::started() {
  if (!on_) return;
  open_ = true;
  started_ = core_.clock().now();
  emit(event(CallEvent::Kind::call_started, 0));
}

// An open call was abandoned, or left by an exception that is not the library's.
CallLog::~CallLog() {
  if (!open_) return;
  // The clock may have thrown that very exception.
  ignoring_exceptions([&] {
    CallEvent ended = event(CallEvent::Kind::call_ended, attempts_);
    ended.outcome_unknown = was_sent_ && operation_.method != http::Method::get;
    ended.error = ErrorKind::other;
    end(ended);
  });
}

CallEvent CallLog::event(CallEvent::Kind kind, int attempt) const {
  return {.kind = kind,
          .call = call_,
          .operation = operation_,
          .tag = tag_,
          .attempt = attempt,
          .elapsed = core_.clock().now() - started_};
}

void CallLog::emit(const CallEvent& event) const {
  ignoring_exceptions([&] { core_.options().on_event(event); });
}

void CallLog::permit_waited(int attempt, std::chrono::nanoseconds wait) const {
  if (!on_) return;
  CallEvent waited = event(CallEvent::Kind::permit_waited, attempt);
  waited.duration = wait;
  emit(waited);
}

void CallLog::attempt_answered(int attempt) {
  if (on_) begin(attempt);
}

void CallLog::begin(int attempt) {
  attempts_ = attempt;
  attempt_started_ = core_.clock().now();
}

void CallLog::attempt_sent(int attempt, const http::Request& request) {
  if (!on_) return;
  begin(attempt);
  was_sent_ = true;
  CallEvent sent = event(CallEvent::Kind::attempt_sent, attempt);
  sent.request_bytes = request.body ? request.body->size() : 0;
  emit(sent);
}

void CallLog::outcome(int attempt, const http::Outcome& outcome, const http::Request& request) {
  if (!on_) return;
  const auto took = core_.clock().now() - attempt_started_;
  if (const auto* failure = std::get_if<http::Failure>(&outcome)) {
    CallEvent failed = event(CallEvent::Kind::attempt_failed, attempt);
    failed.failure = failure->kind;
    failed.duration = took;
    return emit(failed);
  }
  const auto& response = std::get<http::Response>(outcome);
  status_ = response.status;
  request_id_ = request_id(response, request);
  const std::vector<http::Header> headers = harmless(response.headers, request);
  CallEvent received = event(CallEvent::Kind::response_received, attempt);
  received.status = response.status;
  received.response_bytes = response.body.size();
  received.duration = took;
  received.request_id = request_id_;
  received.headers = headers;
  emit(received);
}

void CallLog::retry_scheduled(int attempt, std::chrono::nanoseconds wait) const {
  if (!on_) return;
  CallEvent scheduled = event(CallEvent::Kind::retry_scheduled, attempt);
  scheduled.duration = wait;
  emit(scheduled);
}

void CallLog::ended_well() {
  if (!open_) return;
  CallEvent ended = event(CallEvent::Kind::call_ended, attempts_);
  ended.ok = true;
  end(ended);
}

void CallLog::ended_badly(const Error& error) {
  if (!open_) return;
  CallEvent ended = event(CallEvent::Kind::call_ended, attempts_);
  ended.outcome_unknown = error.outcome_unknown();
  ended.error = error.kind();
  end(ended);
}

void CallLog::end(CallEvent ended) {
  open_ = false;
  ended.duration = ended.elapsed;
  ended.status = status_;
  ended.request_id = request_id_;
  emit(ended);
}

}  // namespace detail

}  // namespace segment::inline SEGMENT_ABI
