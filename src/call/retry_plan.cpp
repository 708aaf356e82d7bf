#include "call/retry_plan.hpp"

#include <algorithm>
#include <variant>

namespace segment::inline SEGMENT_ABI::detail {

namespace {

using std::chrono::milliseconds;

constexpr std::string_view could_do_it_twice = "not retried, because that could do it twice";

}  // namespace

std::optional<milliseconds> retry_hint(const RateObservation& observation) {
  auto longest = observation.retry_after;
  if (observation.status != 429) return longest;
  for (const auto& hint : {observation.reset, observation.operation_retry_after}) {
    if (hint) longest = std::max(longest.value_or(*hint), *hint);
  }
  return longest;
}

std::chrono::steady_clock::time_point later(std::chrono::steady_clock::time_point time,
                                            milliseconds by) noexcept {
  constexpr milliseconds longest = std::chrono::years{100};
  const auto latest = std::chrono::steady_clock::time_point::max() - longest;
  return std::min(time, latest) + std::clamp(by, -longest, longest);
}

std::optional<std::chrono::steady_clock::time_point> end_after(
    std::chrono::steady_clock::time_point now, milliseconds timeout,
    std::optional<std::chrono::steady_clock::time_point> deadline) noexcept {
  if (timeout == milliseconds::zero()) return deadline;
  const auto end = later(now, timeout);
  return deadline ? std::min(*deadline, end) : end;
}

RetryPlan::RetryPlan(const Core& core, const PreparedCall& call)
    : core_(core),
      operation_(call.operation()),
      max_attempts_(
          std::max(1, call.options().max_attempts.value_or(core.options().retry.max_attempts))),
      idempotent_(call.options().idempotent.value_or(operation_.idempotent)),
      limit_(end_after(core.clock().now(),
                       call.options().timeout.value_or(core.options().timeouts.call),
                       call.options().deadline)) {}

bool RetryPlan::passes_limit(TimePoint when) const {
  // Without a limit a server could still ask for a wait of days, which no caller wants.
  constexpr auto longest_wait = std::chrono::hours{1};
  if (!limit_) return when - core_.clock().now() > longest_wait;
  return when >= *limit_;
}

// Judging an outcome ------------------------------------------------------------------------------

bool RetryPlan::is_safe() const noexcept { return operation_.method == http::Method::get; }

Verdict RetryPlan::judge_response(const http::Response& response) const {
  const int status = response.status;
  if (is_success(status) || is_warm_up(operation_)) return {.done = true};
  const bool server_failed = status == 408 || status >= 500;
  Verdict verdict;
  verdict.refused = status == 429;
  // A 429 was refused before any work was done, so even a POST is safe to retry.
  verdict.retryable = verdict.refused || (server_failed && idempotent_);
  verdict.outcome_unknown = (server_failed || response.retried_by_transport) && !is_safe();
  if (server_failed && !idempotent_) verdict.why_not = could_do_it_twice;
  return verdict;
}

Verdict RetryPlan::judge_failure(const http::Failure& failure) const {
  Verdict verdict;
  verdict.outcome_unknown = failure.may_have_been_sent && !is_safe();
  switch (failure.kind) {
    case http::FailureKind::cancelled:
    case http::FailureKind::tls:
    case http::FailureKind::too_large:
      return verdict;  // the next attempt would fail the same way
    default:
      break;
  }
  verdict.retryable = !failure.may_have_been_sent || idempotent_;
  if (!verdict.retryable) verdict.why_not = could_do_it_twice;
  return verdict;
}

Verdict RetryPlan::judge(const http::Outcome& outcome, const RateObservation& observation) const {
  if (const auto* failure = std::get_if<http::Failure>(&outcome)) return judge_failure(*failure);
  Verdict verdict = judge_response(std::get<http::Response>(outcome));
  if (!verdict.done) verdict.retry_after = retry_hint(observation);
  return verdict;
}

// Deciding on another attempt ---------------------------------------------------------------------

// Exponential, with full jitter.
milliseconds RetryPlan::backoff(int attempts) const {
  const RetryOptions& options = core_.options().retry;
  const int doublings = std::min(attempts - 1, 30);
  const double most = std::min(
      static_cast<double>(options.initial_backoff.count()) * static_cast<double>(1LL << doublings),
      static_cast<double>(options.max_backoff.count()));
  return milliseconds(static_cast<long long>(most * core_.jitter()));
}

RetryPlan::Decision RetryPlan::decide(const Verdict& verdict, int attempts) const {
  const auto stop = [](std::string reason) { return Decision{.stopped = std::move(reason)}; };
  if (!verdict.retryable) return stop(std::string(verdict.why_not));
  if (attempts >= max_attempts_) {
    return stop("gave up after " + std::to_string(attempts) +
                (attempts == 1 ? " attempt" : " attempts"));
  }
  const milliseconds wait = verdict.retry_after ? *verdict.retry_after : backoff(attempts);
  if (passes_limit(core_.clock().now() + wait)) {
    return stop("the wait before the next attempt would exceed the call's time limit");
  }
  if (!verdict.refused && !core_.retry_budget().take()) {
    return stop("not retried, because the client's retry budget is used up");
  }
  return {.wait = wait};
}

}  // namespace segment::inline SEGMENT_ABI::detail
