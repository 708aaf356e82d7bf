#include "call/call_quota.hpp"

#include "rate_limit/quota.hpp"

namespace segment::inline SEGMENT_ABI::detail {

CallQuota::CallQuota(const Core& core, const PreparedCall& call)
    : core_(core),
      operation_(call.operation()),
      quota_(quota_of(operation_, call.encoded().path, call.encoded().body)) {}

std::optional<std::chrono::milliseconds> CallQuota::used_up(
    std::chrono::steady_clock::time_point now) const {
  if (!quota_) return std::nullopt;
  const auto until = core_.rate_limiter().quota_used_up_until(*quota_, now);
  if (!until || *until <= now) return std::nullopt;
  return std::chrono::ceil<std::chrono::milliseconds>(*until - now);
}

bool CallQuota::learn(RateObservation& observation,
                      std::chrono::steady_clock::time_point now) const {
  if (!quota_) return false;
  RateObservation rest = observation;
  const auto of_quota = take_quota(rest, operation_.rate_limit);
  if (!of_quota) return false;
  try {
    core_.rate_limiter().observe_quota(operation_, *quota_, *of_quota, now);
  } catch (...) {  // NOLINT(bugprone-empty-catch): an answer is worth more than a limiter's books
  }
  if (of_quota->status == 429) return true;
  observation = rest;
  return false;
}

}  // namespace segment::inline SEGMENT_ABI::detail
