#include "rate_limit/quota.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "rate_limit/rate_budget.hpp"
#include "segment/error.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

using std::chrono::milliseconds;

constexpr std::string_view regulations = "regulations";
constexpr std::string_view previews = "audience previews";
constexpr int previews_a_month = 700;

// What stays within Segment counts against one quota, what reaches destinations against another.
constexpr std::array<std::string_view, 5> within_segment = {
    "UNSUPPRESS", "SUPPRESS_ONLY", "SUPPRESS_WITH_DELETE_INTERNAL", "DELETE_INTERNAL",
    "DELETE_ARCHIVE_ONLY"};
constexpr std::array<std::string_view, 2> with_destinations = {"DELETE_ONLY",
                                                               "SUPPRESS_WITH_DELETE"};

std::string regulation_type(const std::optional<std::string>& body) {
  if (!body) return {};
  try {
    const Json json = Json::parse(*body);
    const Json* type = json.find("regulationType");
    return type != nullptr && type->is_string() ? type->as_string() : std::string();
  } catch (const Error&) {
    return {};
  }
}

Quota regulation_quota(const std::optional<std::string>& body) {
  const std::string type = regulation_type(body);
  const std::string kind(regulations);
  if (std::ranges::find(within_segment, type) != within_segment.end()) {
    return {.category = kind + " within Segment"};
  }
  if (std::ranges::find(with_destinations, type) != with_destinations.end()) {
    return {.category = kind + " in Segment and destinations"};
  }
  return {.category = kind + " of another type"};
}

// `/spaces/{spaceId}/...`
std::string_view space_in(std::string_view path) {
  constexpr std::string_view begin = "/spaces/";
  if (!path.starts_with(begin)) return {};
  path.remove_prefix(begin.size());
  return path.substr(0, path.find('/'));
}

// No window of a published limit ends later; dates are whole seconds.
milliseconds longest_window(const RateLimit& published) {
  return length(published.per) + std::chrono::seconds{2};
}

bool counts_a_quota(const RateObservation& observation, const RateLimit& published) {
  if (observation.reset && *observation.reset > longest_window(published)) return true;
  return observation.consumed && observation.remaining &&
         std::max(*observation.consumed, *observation.remaining) > published.requests;
}

constexpr auto asked_again_after = std::chrono::hours{1};

// A larger figure is a mistake.
constexpr std::int64_t largest_quota = 1'000'000'000;

bool is_quota_figure(const std::optional<std::int64_t>& figure) {
  return figure && *figure >= 0 && *figure <= largest_quota;
}

std::optional<milliseconds> longest_of(std::optional<milliseconds> a,
                                       std::optional<milliseconds> b) {
  return a && b ? std::max(*a, *b) : (a ? a : b);
}

}  // namespace

std::string_view quota_kind(const Operation& operation) noexcept {
  if (operation.method != http::Method::post) return {};
  if (operation.group == "deletion_and_suppression") return regulations;
  return operation.id == "createAudiencePreview" ? previews : std::string_view();
}

std::optional<Quota> quota_of(const Operation& operation, std::string_view path,
                              const std::optional<std::string>& body) {
  const std::string_view kind = quota_kind(operation);
  if (kind.empty()) return std::nullopt;
  if (kind == regulations) return regulation_quota(body);
  return Quota{.category = std::string(kind) + " of space " + std::string(space_in(path)),
               .per_month = previews_a_month};
}

std::optional<RateObservation> take_quota(RateObservation& observation,
                                          const RateLimit& published) {
  const bool refused = observation.status == 429;
  const bool waits_long = refused && observation.operation_retry_after &&
                          *observation.operation_retry_after > longest_window(published);
  if (!waits_long && !counts_a_quota(observation, published)) return std::nullopt;
  RateObservation quota = observation;
  const bool used_up = refused && (waits_long || observation.remaining.value_or(0) == 0);
  if (refused && !used_up) quota.status = 0;  // this minute's limit refused
  observation.consumed.reset();
  observation.remaining.reset();
  observation.reset.reset();
  if (used_up) {  // neither the token's limit nor this minute's
    observation.operation_retry_after.reset();
    observation.retry_after.reset();
  }
  return quota;
}

// The book ----------------------------------------------------------------------------------------

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
    reset =
        longest_of(longest_of(reset, observation.operation_retry_after), observation.retry_after);
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

std::vector<RemainingMonthlyQuota> QuotaBook::remaining(std::string_view kind,
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
