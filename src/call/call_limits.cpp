#include "call/call_limits.hpp"

#include <algorithm>

#include "rate_limit/quota.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

using std::chrono::milliseconds;

// A response matters more than the limiter's records: what these throw is dropped.
template <class Step>
void ignoring_exceptions(Step&& step) noexcept {
  try {
    step();
  } catch (...) {  // NOLINT(bugprone-empty-catch)
  }
}

}  // namespace

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
  const auto until = permit_->wait_until(now);
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
      if (of_quota->status == 429) return true;  // it says nothing of the operation's own limit
      observation = rest;
    }
  }
  ignoring_exceptions([&] { core_.rate_limiter().observe(operation_, observation, now); });
  return false;
}

}  // namespace segment::inline SEGMENT_ABI::detail
