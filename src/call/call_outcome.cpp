#include "call/call_outcome.hpp"

#include <utility>
#include <variant>

#include "call/decode_response.hpp"
#include "errors/error_body.hpp"

namespace segment::inline SEGMENT_ABI::detail {

void CallOutcome::take(http::Outcome outcome) {
  newest_ = std::move(outcome);
  errors_.clear();
  const auto* response = std::get_if<http::Response>(&*newest_);
  if (response == nullptr) return;
  if (call_.options().on_response) call_.options().on_response(*response);
  if (is_success(response->status)) return;
  errors_ = read_api_errors(
      response->body, schema_mismatch_sink(core_.options().on_schema_mismatch, call_.operation()));
}

void CallOutcome::take(const Verdict& verdict) {
  unknown_ = unknown_ || verdict.outcome_unknown;
  retryable_ = verdict.retryable;
  retry_after_ = verdict.retry_after;
}

void CallOutcome::cancel() {
  cut_short_ = http::Failure{http::FailureKind::cancelled, false, "the caller asked to stop"};
  retryable_ = false;
}

void CallOutcome::time_out() {
  const std::string reason = "the call's time ran out";
  // With a response in hand that is what is thrown; without one the time is what went wrong.
  if (newest_) return stop(reason);
  cut_short_ = http::Failure{http::FailureKind::timeout, false, reason};
  retryable_ = true;  // nothing was sent
}

void CallOutcome::hold_back(std::string limit, std::string reason,
                            std::chrono::milliseconds retry_after) {
  retryable_ = true;
  retry_after_ = retry_after;
  stop(std::move(reason));
  if (!newest_) held_back_by_ = std::move(limit);
}

void CallOutcome::deliver(const http::Request& request, int attempts, void* result) {
  const CallFacts facts{.operation = call_.operation(),
                        .request = request,
                        .tag = call_.tag(),
                        .attempts = attempts,
                        .retryable = retryable_,
                        .retry_after = retry_after_,
                        .outcome_unknown = unknown_,
                        .stopped = stopped_};
  if (cut_short_) raise_failure(facts, *cut_short_);
  if (!held_back_by_.empty()) raise_held_back(facts, held_back_by_);
  if (const auto* failure = std::get_if<http::Failure>(&*newest_)) raise_failure(facts, *failure);
  const auto& response = std::get<http::Response>(*newest_);
  if (!is_success(response.status)) raise_api_error(facts, response, std::move(errors_));
  decode_response(facts, call_.operation(), response, core_.options().on_schema_mismatch, result);
  check_only_page(facts, core_.options(), call_, response, result);
}

}  // namespace segment::inline SEGMENT_ABI::detail
