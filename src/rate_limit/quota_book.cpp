#include "rate_limit/quota_book.hpp"

#include <algorithm>

namespace segment::inline SEGMENT_ABI::detail {

namespace {

using std::chrono::milliseconds;

constexpr auto asked_again_after = std::chrono::hours{1};

// A figure past this is no quota of anybody's, but a mistake.
constexpr std::int64_t largest_quota = 1'000'000'000;

bool is_quota_figure(const std::optional<std::int64_t>& figure) {
  return figure && *figure >= 0 && *figure <= largest_quota;
}

std::optional<milliseconds> longest_of(std::optional<milliseconds> a,
                                       std::optional<milliseconds> b) {
  return a && b ? std::max(*a, *b) : (a ? a : b);
}

}  // namespace

void QuotaBook::observe(const Quota& quota, const RateObservation& observation, TimePoint now) {
  Entry& entry = entries_[quota.category];
  entry.seen_at = now;
  if (entry.limit == 0) entry.limit = quota.per_month;
  if (is_quota_figure(observation.remaining)) {
    entry.remaining = observation.remaining;
    if (is_quota_figure(observation.consumed) && observation.status != 429) {
      entry.limit = *observation.consumed + *observation.remaining;
    }
  }
  auto reset = observation.reset;
  if (observation.status == 429) {
    entry.remaining = 0;
    reset = longest_of(longest_of(reset, observation.before_next), observation.retry_after);
  }
  if (reset) entry.reset_at = now + *reset;
}

std::optional<QuotaBook::TimePoint> QuotaBook::used_up_until(const Quota& quota,
                                                             TimePoint now) const {
  const auto found = entries_.find(quota.category);
  if (found == entries_.end()) return std::nullopt;
  const Entry& entry = found->second;
  if (entry.remaining != 0 || !entry.reset_at || *entry.reset_at <= now) return std::nullopt;
  if (now - entry.seen_at >= asked_again_after) return std::nullopt;
  return entry.reset_at;
}

std::vector<RemainingMonthlyQuota> QuotaBook::allowances(std::string_view kind,
                                                         TimePoint now) const {
  std::vector<RemainingMonthlyQuota> all;
  if (kind.empty()) return all;
  for (auto entry = entries_.lower_bound(kind);
       entry != entries_.end() && entry->first.starts_with(kind); ++entry) {
    RemainingMonthlyQuota remaining_quota{.category = entry->first, .limit = entry->second.limit};
    const auto& reset_at = entry->second.reset_at;
    if (!reset_at || *reset_at > now) remaining_quota.remaining = entry->second.remaining;
    if (reset_at && *reset_at > now) {
      remaining_quota.resets_in = std::chrono::ceil<milliseconds>(*reset_at - now);
    }
    all.push_back(std::move(remaining_quota));
  }
  return all;
}

}  // namespace segment::inline SEGMENT_ABI::detail
