#include "engine/rate_limiter.hpp"

#include <algorithm>

#include "pacing/rate_period.hpp"

namespace segment::sandbox {

using namespace std::chrono;

std::optional<RateStatus> RateLimiter::count(const Operation& operation) {
  if (!options_.rate_limits) return std::nullopt;
  const std::scoped_lock lock(mutex_);
  std::optional<RateStatus> status;
  if (options_.token_limit) {
    status = count("", options_.token_limit);
    status->by_token = true;
    if (status->refused) return status;
  }
  if (const RateLimit limit = limit_of(operation)) {
    const RateStatus own = count(std::string(operation.id), limit);
    if (!status || own.refused || own.remaining <= status->remaining) status = own;
  }
  return status;
}

RateLimit RateLimiter::limit_of(const Operation& operation) const {
  const auto own = options_.operation_limits.find(operation.id);
  return own != options_.operation_limits.end() ? own->second : operation.rate_limit;
}

RateStatus RateLimiter::count(const std::string& key, RateLimit limit) {
  Window& window = windows_[key];
  const auto now = clock_.now();
  if (window.consumed == 0 || now >= window.end) window = {now + detail::length(limit.per), 0};
  ++window.consumed;
  RateStatus status;
  status.refused = window.consumed > limit.requests;
  status.consumed = window.consumed;
  status.remaining = std::max(0, limit.requests - window.consumed);
  status.before_reset = ceil<milliseconds>(window.end - now);
  status.reset = ceil<seconds>(clock_.system_now() + status.before_reset);
  return status;
}

}  // namespace segment::sandbox
