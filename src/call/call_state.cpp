#include "call/call_state.hpp"

#include <algorithm>
#include <utility>

#include "call/api_errors.hpp"
#include "call/backoff.hpp"
#include "call/decode_answer.hpp"
#include "call/end_after.hpp"
#include "call/list_count.hpp"
#include "policies/authentication_policy.hpp"
#include "rate_limit/rate_observation.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI::detail {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

CallState::CallState(const Core& core, const PreparedCall& call)
    : core_(core),
      call_(call),
      options_(call.options()),
      operation_(call.operation()),
      max_attempts_(std::max(1, options_.max_attempts.value_or(core.options().retry.max_attempts))),
      idempotent_(options_.idempotent.value_or(operation_.idempotent)),
      limit_(end_after(core.clock().now(), options_.timeout.value_or(core.options().timeouts.call),
                       options_.deadline)),
      turn_(core, operation_),
      quota_(core, call),
      log_(core, operation_) {
  prepare_headers();
  log_.started();
}

CallState::~CallState() { wipe_token(request_); }

void CallState::prepare_headers() {
  const std::string_view media_type = call_.media_type();
  http::Headers& headers = request_.headers;
  headers.reserve(options_.headers.size() + 4);
  headers.set("Accept", std::string(media_type));
  if (call_.encoded().body) headers.set("Content-Type", std::string(media_type));
  for (const auto& header : options_.headers) {
    headers.set(header.name, header.value);
  }
}

// What next ---------------------------------------------------------------------------------------

CallState::Step CallState::next() {
  try {
    return advance();
  } catch (const Error& error) {  // a policy refused to let it go
    log_.ended_badly(error);
    throw;
  }
}

CallState::Step CallState::advance() {
  if (finished_) return Step::finish;
  const auto now = core_.clock().now();
  if (options_.stop.stop_requested()) {
    ended_ = http::Failure{http::FailureKind::cancelled, false, "the caller asked to stop"};
    stop({});
    return Step::finish;
  }
  if (wake_at_ && now < *wake_at_) return Step::wait;
  wake_at_.reset();
  if (limit_ && now >= *limit_) return run_out_of_time();
  if (quota_is_used_up(now)) return Step::finish;
  if (must_wait_for_turn(now)) return finished_ ? Step::finish : Step::wait;
  prepare_attempt();
  run_policies();
  // A policy may have taken its time: a token provider that asks a vault, for one.
  if (!fit_into_limit()) return run_out_of_time();
  ++attempts_;
  log_.attempt_sent(attempts_, request_);
  return Step::send;
}

CallState::Step CallState::run_out_of_time() {
  // With an answer in hand that is what is thrown; without one the time is what went wrong.
  if (outcome_) {
    stop("the call's time ran out");
  } else {
    ended_ = http::Failure{http::FailureKind::timeout, false, "the call's time ran out"};
    stop({});
  }
  return Step::finish;
}

bool CallState::fit_into_limit() {
  if (!limit_) return true;
  const auto left = std::chrono::ceil<milliseconds>(*limit_ - core_.clock().now());
  if (left <= milliseconds::zero()) return false;
  milliseconds& timeout = request_.limits.attempt_timeout;
  timeout = timeout > milliseconds::zero() ? std::min(timeout, left) : left;
  return true;
}

bool CallState::quota_is_used_up(steady_clock::time_point now) {
  const auto wait = quota_.used_up(now);
  if (!wait) return false;
  hint_ = wait;
  retryable_ = true;
  if (outcome_) {
    stop(quota_.text() + " is used up");
  } else {
    held_back_by_ = quota_.text();
    stop({});
  }
  return true;
}

bool CallState::must_wait_for_turn(steady_clock::time_point now) {
  const auto until = turn_.ask(attempts_ + 1, now);
  if (!until) return false;
  if (past_limit(*until)) {
    hint_ = std::chrono::ceil<milliseconds>(*until - now);
    retryable_ = true;
    if (!outcome_) held_back_by_ = "its rate limit";
    stop("the wait for the operation's rate limit would pass the call's limit");
  } else {
    // Asked again now and then: a limit may turn out to be higher, or to be none.
    constexpr auto longest_pause = std::chrono::seconds{1};
    wake_at_ = std::min(*until, now + longest_pause);
    if (!std::exchange(wait_is_told_, true)) log_.limiter_waited(attempts_ + 1, *until - now);
  }
  return true;
}

void CallState::prepare_attempt() {
  if (attempts_ > 0) {
    wipe_token(request_);
    request_.headers.clear();  // what the policies did to them last time
    prepare_headers();
  }
  const ClientOptions& client = core_.options();
  request_.method = operation_.method;
  request_.url = call_.encoded().target(core_.base_url());
  request_.body = call_.encoded().body;
  request_.idempotent = idempotent_;
  request_.stop = options_.stop;

  milliseconds attempt_timeout = options_.attempt_timeout.value_or(client.timeouts.per_attempt);
  if (attempt_timeout < milliseconds::zero())
    attempt_timeout = milliseconds{1};  // zero would mean no bound
  request_.limits = {.connect_timeout = client.timeouts.connect,
                     .attempt_timeout = attempt_timeout,
                     .stall_timeout = client.timeouts.stall,
                     .max_response_bytes = client.max_response_bytes};
}

void CallState::run_policies() {
  try {
    for (const auto& policy : core_.policies()) {
      policy->before_send(request_, {.operation = operation_, .number = attempts_ + 1});
    }
  } catch (const ConfigurationError& error) {
    not_sent(error);
  }
}

void CallState::not_sent(const ConfigurationError& error) {
  if (!outcome_unknown_) {
    log_.ended_badly(error);
    throw;  // as what it is: a transport may throw an error of its own
  }
  ErrorFacts facts = error.facts();  // this try was not sent, but an earlier one was
  facts.outcome_unknown = true;
  const ConfigurationError with_doubt(
      std::string(error.what()) + "; an earlier attempt may have done it", std::move(facts));
  log_.ended_badly(with_doubt);
  throw with_doubt;
}

void CallState::answered(http::Outcome outcome) {
  outcome_ = std::move(outcome);
  end_turn();  // first of all: whatever throws below, the server has counted the request
  for (const auto& policy : core_.policies()) {
    policy->after_send(*outcome_, {.operation = operation_, .number = attempts_});
  }
  log_.outcome(attempts_, *outcome_, request_);
  errors_.clear();
  if (const auto* response = std::get_if<http::Response>(&*outcome_)) {
    if (options_.on_response) options_.on_response(*response);
    if (!is_success(response->status)) {
      errors_ = read_api_errors(
          response->body, schema_mismatch_sink(core_.options().on_schema_mismatch, operation_));
    }
  }
  decide(judge(*outcome_, learn(), operation_, idempotent_));
}

void CallState::end_turn() {
  const auto* failure = std::get_if<http::Failure>(&*outcome_);
  const bool counted = failure == nullptr || failure->may_have_been_sent;
  turn_.end(counted);
  wait_is_told_ = false;
}

// Hands what the answer said about limits to the limiter.
RateObservation CallState::learn() {
  const auto* response = std::get_if<http::Response>(&*outcome_);
  if (response == nullptr) return {};
  RateObservation observation =
      read_rate_observation(*response, errors_, core_.clock().system_now());
  const auto now = core_.clock().now();
  quota_used_up_ = quota_.learn(observation, now);
  if (quota_used_up_) return observation;  // it says nothing of this minute
  try {
    core_.rate_limiter().observe(operation_, observation, now);
  } catch (...) {  // NOLINT(bugprone-empty-catch): an answer is worth more than a limiter's books
  }
  return observation;
}

// Going on ----------------------------------------------------------------------------------------

void CallState::decide(const Verdict& verdict) {
  outcome_unknown_ = outcome_unknown_ || verdict.unknown;
  retryable_ = verdict.retryable;
  hint_ = verdict.hint;
  if (verdict.done) {
    core_.retry_budget().refill();
    return stop({});
  }
  if (!verdict.retryable) return stop(std::string(verdict.why_not));
  if (quota_used_up_) return stop(quota_.text() + " is used up");
  if (attempts_ >= max_attempts_) {
    return stop("gave up after " + std::to_string(attempts_) +
                (attempts_ == 1 ? " attempt" : " attempts"));
  }
  const milliseconds wait =
      hint_.value_or(backoff(core_.options().retry, attempts_, core_.jitter()));
  const auto wake_at = core_.clock().now() + wait;
  if (past_limit(wake_at)) {
    return stop("the wait before the next attempt would pass the call's limit");
  }
  if (!verdict.refused && !core_.retry_budget().take()) {
    return stop("not sent again, as the client's budget of retries is spent");
  }
  wake_at_ = wake_at;
  log_.retry_scheduled(attempts_, wait);
}

bool CallState::past_limit(steady_clock::time_point when) const {
  // Without any limit a server could still ask for a wait of days; no caller means that.
  constexpr auto max_backoff = std::chrono::hours{1};
  if (!limit_) return when - core_.clock().now() > max_backoff;
  return when >= *limit_;
}

void CallState::stop(std::string reason) {
  finished_ = true;
  turn_.leave();
  stopped_ = std::move(reason);
}

// The end -----------------------------------------------------------------------------------------

CallFacts CallState::facts() const {
  return {.operation = operation_,
          .request = request_,
          .attempts = attempts_,
          .retryable = retryable_,
          .retry_after = hint_,
          .outcome_unknown = outcome_unknown_,
          .stopped = stopped_};
}

void CallState::finish(void* result) {
  try {
    end(result);
  } catch (const Error& error) {
    log_.ended_badly(error);
    throw;
  }
  log_.ended_well();
}

void CallState::end(void* result) {
  if (ended_) {
    retryable_ = ended_->kind == http::FailureKind::timeout && (idempotent_ || !outcome_unknown_);
    raise_failure(facts(), *ended_);
  }
  if (!held_back_by_.empty()) raise_held_back(facts(), held_back_by_);
  if (const auto* failure = std::get_if<http::Failure>(&*outcome_)) {
    raise_failure(facts(), *failure);
  }
  const auto& response = std::get<http::Response>(*outcome_);
  if (!is_success(response.status)) raise_api_error(facts(), response, std::move(errors_));
  decode_answer(facts(), call_.table(), response, core_.options().on_schema_mismatch, result);
  check_only_page(facts(), core_.options(), call_, response, result);
}

}  // namespace segment::inline SEGMENT_ABI::detail
