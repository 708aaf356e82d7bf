#include "call/verdict.hpp"

#include <variant>

#include "call/retry_hint.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

constexpr std::string_view could_do_it_twice = "not sent again, as that could do it twice";

bool is_safe(const Operation& operation) noexcept { return operation.method == http::Method::get; }

Verdict judge_response(const http::Response& response, const Operation& operation,
                       bool idempotent) {
  const int status = response.status;
  if (is_success(status)) return {.done = true};
  const bool server_failed = status == 408 || status >= 500;
  Verdict verdict;
  verdict.refused = status == 429;
  // A 429 was refused before any work was done: it is safe to send again, a POST too.
  verdict.retryable = verdict.refused || (server_failed && idempotent);
  verdict.unknown = (server_failed || response.retried_by_transport) && !is_safe(operation);
  if (server_failed && !idempotent) verdict.why_not = could_do_it_twice;
  return verdict;
}

Verdict judge_failure(const http::Failure& failure, const Operation& operation, bool idempotent) {
  Verdict verdict;
  verdict.unknown = failure.may_have_been_sent && !is_safe(operation);
  switch (failure.kind) {
    case http::FailureKind::cancelled:
    case http::FailureKind::tls:
    case http::FailureKind::too_large:
      return verdict;  // the same would come of it again
    default:
      break;
  }
  verdict.retryable = !failure.may_have_been_sent || idempotent;
  if (!verdict.retryable) verdict.why_not = could_do_it_twice;
  return verdict;
}

}  // namespace

Verdict judge(const http::Outcome& outcome, const RateObservation& observation,
              const Operation& operation, bool idempotent) {
  if (const auto* failure = std::get_if<http::Failure>(&outcome)) {
    return judge_failure(*failure, operation, idempotent);
  }
  Verdict verdict = judge_response(std::get<http::Response>(outcome), operation, idempotent);
  if (!verdict.done) verdict.hint = retry_hint(observation);
  return verdict;
}

}  // namespace segment::inline SEGMENT_ABI::detail
