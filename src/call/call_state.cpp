#include "call/call_state.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "rate_limit/rate_observation.hpp"
#include "segment/detail/call.hpp"
#include "segment/error.hpp"
#include "threads/guards.hpp"

namespace segment::inline SEGMENT_ABI::detail {

CallState::CallState(const Core& core, const PreparedCall& call)
    : core_(core),
      call_(call),
      number_(core.next_call()),
      stop_(call.options().stop, core.life().stop()),
      plan_(core, call),
      attempts_(core, call, number_, plan_.idempotent(), stop_.token()),
      limits_(core, call),
      outcome_(core, call),
      log_(core, call, number_) {
  log_.started();
}

// The next step -----------------------------------------------------------------------------------

CallState::Step CallState::next() {
  try {
    return advance();
  } catch (const Error& error) {  // a policy refused the request
    log_.ended_badly(error);
    throw;
  }
}

CallState::Step CallState::advance() {
  for (;;) {
    if (finished_) return Finish{};
    const auto now = core_.clock().now();
    if (stop_.token().stop_requested()) {
      outcome_.cancel();
      return stop();
    }
    if (resume_at_ && now < *resume_at_) return WaitUntil{*resume_at_};
    resume_at_.reset();
    if (plan_.is_over(now)) return time_out();
    if (quota_is_used_up(now)) return stop();
    if (auto step = wait_for_permit(now)) return *step;

    auto answered = prepare();
    // A policy may take long, such as a token provider that asks a vault.
    if (!answered && !attempts_.end_by(plan_.limit())) return time_out();
    attempts_.begin();
    if (!answered) {
      log_.attempt_sent(attempts_.count(), attempts_.request());
      return Send{attempts_.request()};
    }
    log_.attempt_answered(attempts_.count());
    limits_.complete(false);
    settle(*std::move(answered), false);
  }
}

CallState::Finish CallState::time_out() {
  outcome_.time_out();
  return stop();
}

bool CallState::quota_is_used_up(TimePoint now) {
  const auto wait = limits_.quota_used_up(now);
  if (!wait) return false;
  const std::string quota = limits_.quota_text();
  outcome_.block_by_limit(quota, outcome_.newest() ? quota + " is used up" : std::string(), *wait);
  return true;
}

std::optional<CallState::Step> CallState::wait_for_permit(TimePoint now) {
  const auto until = limits_.acquire(attempts_.count() + 1, now);
  if (!until) return std::nullopt;
  if (plan_.passes_limit(*until)) {
    const std::string limit =
        limits_.is_for_token() ? "the token's rate limit" : "the operation's rate limit";
    outcome_.block_by_limit(limit, "the wait for " + limit + " would exceed the call's time limit",
                            std::chrono::ceil<std::chrono::milliseconds>(*until - now));
    return stop();
  }
  if (!std::exchange(permit_wait_is_logged_, true)) {
    log_.permit_waited(attempts_.count() + 1, *until - now);
  }
  // Ask again now and then: the limit may be raised or lifted.
  constexpr auto longest_pause = std::chrono::seconds{1};
  resume_at_ = std::min(*until, now + longest_pause);
  return WaitUntil{*resume_at_};
}

std::optional<http::Outcome> CallState::prepare() {
  try {
    return attempts_.prepare();
  } catch (const ConfigurationError& error) {
    not_sent(error);
  }
}

CallState::Finish CallState::stop() {
  finished_ = true;
  limits_.release();
  return {};
}

// After an attempt --------------------------------------------------------------------------------

void CallState::complete(http::Outcome outcome) {
  const auto* failure = std::get_if<http::Failure>(&outcome);
  // Must come first: even if something below throws, the server has counted the request.
  limits_.complete(failure == nullptr || failure->may_have_been_sent);
  settle(std::move(outcome), true);
}

void CallState::settle(http::Outcome outcome, bool sent) {
  permit_wait_is_logged_ = false;
  attempts_.complete(outcome);
  log_.outcome(attempts_.count(), outcome, attempts_.request());
  outcome_.take(std::move(outcome), attempts_.request());
  const Verdict verdict = plan_.judge(*outcome_.newest(), observe(sent));
  outcome_.take(verdict);
  if (!takes_smaller_page()) retry_or_stop(verdict);
}

// Some operations may allow less than is published; then the next attempt follows at once.
bool CallState::takes_smaller_page() {
  if (!attempts_.asks_for_largest_page() || !outcome_.refuses_page_size()) return false;
  core_.refused_page_sizes().add(call_.operation());
  log_.retry_scheduled(attempts_.count(), {});
  return true;
}

// What the response says about limits. The limiter learns only from the server's own responses.
RateObservation CallState::observe(bool sent) {
  const auto* response = std::get_if<http::Response>(&*outcome_.newest());
  if (response == nullptr) return {};
  RateObservation observation =
      read_rate_observation(*response, outcome_.errors(), core_.clock().system_now());
  quota_used_up_ = sent && limits_.learn(observation, core_.clock().now());
  return observation;
}

void CallState::retry_or_stop(const Verdict& verdict) {
  if (verdict.done) {
    core_.retry_budget().refill();
    stop();
    return;
  }
  if (verdict.retryable && quota_used_up_) {
    outcome_.stop(limits_.quota_text() + " is used up");
    stop();
    return;
  }
  const auto [wait, reason] = plan_.decide(verdict, attempts_.count());
  if (!wait) {
    outcome_.stop(reason);
    stop();
    return;
  }
  resume_at_ = core_.clock().now() + *wait;
  log_.retry_scheduled(attempts_.count(), *wait);
}

// The end -----------------------------------------------------------------------------------------

void CallState::not_sent(const ConfigurationError& error) {
  if (!outcome_.is_unknown()) {
    log_.ended_badly(error);
    throw;  // rethrown as it is, since a transport may throw a derived error
  }
  ErrorFacts facts = error.facts();  // this attempt was not sent, but an earlier one was
  facts.outcome_unknown = true;
  const ConfigurationError with_doubt(
      std::string(error.what()) + "; an earlier attempt may have done it", std::move(facts));
  log_.ended_badly(with_doubt);
  throw with_doubt;
}

void CallState::finish(void* result) {
  try {
    outcome_.deliver(attempts_.request(), attempts_.count(), result);
  } catch (const Error& error) {
    log_.ended_badly(error);
    throw;
  }
  log_.ended_well();
}

// Running a call in the calling thread ------------------------------------------------------------

namespace {

http::Outcome send(http::Transport& transport, const http::Request& request, CallState& state) {
  try {
    return transport.send(request);
  } catch (const ConfigurationError& error) {  // it sent nothing, and would fail again
    state.not_sent(error);
  } catch (...) {
    return transport_threw();
  }
}

}  // namespace

void run(const Core& core, const PreparedCall& call, void* result) {
  run(core, call, CallInProgress(core.life(), call), result);
}

void run(const Core& core, const PreparedCall& call, const CallInProgress& /*until_it_ends*/,
         void* result) {
  const CancellationOff until_it_ends;
  const CallOnThisThread here(core.life());
  CallState state(core, call);
  for (;;) {
    const CallState::Step step = state.next();
    if (const auto* to_send = std::get_if<CallState::Send>(&step)) {
      state.complete(send(core.transport(), to_send->request, state));
    } else if (const auto* wait = std::get_if<CallState::WaitUntil>(&step)) {
      core.clock().wait_until(wait->time, state.stop_token());
    } else {
      return state.finish(result);
    }
  }
}

void call(const Core& core, const Operation& operation, const CallInput& input, void* result,
          const CallOptions& options) {
  run(core, prepare(core.options(), operation, input, options), result);
}

}  // namespace segment::inline SEGMENT_ABI::detail
