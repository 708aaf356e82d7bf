#include "call/attempts.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "http/policies.hpp"
#include "rate_limit/quota.hpp"
#include "threads/guards.hpp"

namespace segment::inline SEGMENT_ABI::detail {

using std::chrono::milliseconds;

// The rate limit's permit, and the quota ----------------------------------------------------------

CallLimits::CallLimits(const Core& core, const PreparedCall& call)
    : core_(core),
      operation_(call.operation()),
      quota_(quota_of(operation_, call.encoded().path, call.encoded().body)) {}

std::optional<milliseconds> CallLimits::quota_used_up(TimePoint now) const {
  if (!quota_) return std::nullopt;
  const auto until = core_.rate_limiter().quota_used_up_until(*quota_, now);
  if (!until || *until <= now) return std::nullopt;
  return std::chrono::ceil<milliseconds>(*until - now);
}

std::optional<CallLimits::TimePoint> CallLimits::acquire(int attempt, TimePoint now) {
  if (!acquired_) {
    permit_ = core_.rate_limiter().acquire(operation_, attempt, now);
    acquired_ = true;
  }
  if (!permit_) return std::nullopt;
  const auto until = permit_->retry_at(now);
  constexpr milliseconds shortest{1};
  constexpr milliseconds longest = std::chrono::seconds{1};
  if (!until || *until >= now + shortest) return until;
  const auto pause = least_pause_;
  least_pause_ = std::min(2 * least_pause_, longest);
  return now + pause;
}

void CallLimits::complete(bool counted) {
  ignoring_exceptions([&] {
    if (permit_ && counted) permit_->complete(core_.clock().now());
  });
  permit_.reset();
  acquired_ = false;
}

bool CallLimits::learn(RateObservation& observation, TimePoint now) const {
  if (quota_) {
    RateObservation rest = observation;
    if (const auto of_quota = take_quota(rest, operation_.rate_limit)) {
      ignoring_exceptions(
          [&] { core_.rate_limiter().observe_quota(operation_, *quota_, *of_quota, now); });
      if (of_quota->status == 429) return true;  // it says nothing about the operation's own limit
      observation = rest;
    }
  }
  ignoring_exceptions([&] { core_.rate_limiter().observe(operation_, observation, now); });
  return false;
}

// The request, and the policies around it ---------------------------------------------------------

Attempts::Attempts(const Core& core, const PreparedCall& call, std::uint64_t call_number,
                   bool idempotent, const std::stop_token& stop)
    : core_(core), call_(call), call_number_(call_number), idempotent_(idempotent), stop_(stop) {}

std::optional<http::Outcome> Attempts::prepare() {
  if (count_ > 0) earlier_ = std::make_unique<http::Request>(std::move(request_));
  set_request();
  const auto& policies = core_.policies();
  seen_.clear();
  seen_.reserve(policies.size());
  for (const auto& policy : policies) {
    seen_.push_back({.operation = call_.operation(),
                     .call = call_number_,
                     .number = count_ + 1,
                     .tag = call_.tag()});
    auto outcome = policy->before_send(request_, seen_.back());
    if (!outcome) continue;
    seen_.pop_back();  // a policy is not told of its own answer
    return outcome;
  }
  return std::nullopt;
}

void Attempts::complete(http::Outcome& outcome) {
  for (; !seen_.empty(); seen_.pop_back()) {
    core_.policies()[seen_.size() - 1]->after_send(outcome, seen_.back());
  }
}

bool Attempts::end_by(std::optional<TimePoint> limit) {
  if (!limit) return true;
  const auto left = std::chrono::ceil<milliseconds>(*limit - core_.clock().now());
  if (left <= milliseconds::zero()) return false;
  milliseconds& timeout = request_.limits.attempt_timeout;
  timeout = timeout > milliseconds::zero() ? std::min(timeout, left) : left;
  return true;
}

// Rebuilds the whole request, since the policies may have changed any part of it.
void Attempts::set_request() {
  const ClientOptions& client = core_.options();
  set_headers();
  request_.method = call_.operation().method;
  const bool was_refused =
      call_.may_take_usual_page() && core_.refused_page_sizes().contains(call_.operation());
  asks_for_largest_page_ = call_.may_take_usual_page() && !was_refused;
  const std::string_view base_url = call_.base_url().empty() ? core_.base_url() : call_.base_url();
  request_.url = call_.target(base_url, was_refused);
  request_.body = call_.encoded().body;
  request_.idempotent = idempotent_;
  request_.stop = stop_;

  milliseconds attempt_timeout =
      call_.options().attempt_timeout.value_or(client.timeouts.per_attempt);
  if (attempt_timeout < milliseconds::zero())
    attempt_timeout = milliseconds{1};  // zero would mean no limit
  request_.limits = {.connect_timeout = client.timeouts.connect,
                     .attempt_timeout = attempt_timeout,
                     .stall_timeout = client.timeouts.stall,
                     .max_response_bytes = client.max_response_bytes};
}

// The call's own headers override the client's, and both override the library's.
void Attempts::set_headers() {
  http::Headers& headers = request_.headers;
  headers.clear();
  const std::string_view media_type = call_.media_type();
  const auto& of_client = core_.options().headers;
  const auto& of_call = call_.options().headers;
  headers.set("Accept", media_type);
  if (call_.encoded().body) headers.set("Content-Type", media_type);
  for (const auto& header : of_client) headers.set(header.name, header.value);
  for (const auto& header : of_call) headers.set(header.name, header.value);
}

}  // namespace segment::inline SEGMENT_ABI::detail
