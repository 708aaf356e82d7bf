#include "engine/rate_limiter.hpp"

#include <algorithm>

#include "rate_limit/rate_budget.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

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
  if (own != options_.operation_limits.end()) return own->second;
  return operation.rate_limit ? operation.rate_limit : options_.default_limit;
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

namespace {

system_clock::time_point end_of_month(system_clock::time_point now) {
  const year_month_day today(floor<days>(now));
  return sys_days((today.year() / today.month() + months{1}) / 1);
}

}  // namespace

std::optional<RateStatus> RateLimiter::take_from_month(const std::string& name, int amount,
                                                       int quota) {
  if (!options_.rate_limits) return std::nullopt;
  const std::scoped_lock lock(mutex_);
  Month& month = months_[name];
  const auto now = clock_.system_now();
  if (now >= month.end) month = {end_of_month(now), 0};
  RateStatus status;
  status.refused = amount > quota - month.consumed;
  if (!status.refused) month.consumed += amount;
  status.consumed = month.consumed;
  status.remaining = quota - month.consumed;
  status.before_reset = ceil<milliseconds>(month.end - now);
  status.reset = month.end;
  if (status.refused) throw QuotaUsedUp{status};
  return status;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
