#include "rate_limit/quota.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "rate_limit/rate_period.hpp"
#include "segment/error.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

using std::chrono::milliseconds;

constexpr std::string_view regulations = "regulations";
constexpr std::string_view previews = "audience previews";
constexpr int previews_a_month = 700;

// What stays within Segment is counted together, and what reaches destinations as well.
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

// No window of a published limit ends so late; dates are whole seconds.
milliseconds longest_window(const RateLimit& published) {
  return length(published.per) + std::chrono::seconds{2};
}

bool counts_a_quota(const RateObservation& observation, const RateLimit& published) {
  if (observation.reset && *observation.reset > longest_window(published)) return true;
  return observation.consumed && observation.remaining &&
         std::max(*observation.consumed, *observation.remaining) > published.requests;
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
  const bool waits_long =
      refused && observation.before_next && *observation.before_next > longest_window(published);
  if (!waits_long && !counts_a_quota(observation, published)) return std::nullopt;
  RateObservation quota = observation;
  const bool used_up = refused && (waits_long || observation.remaining.value_or(0) == 0);
  if (refused && !used_up) quota.status = 0;  // it was this minute's limit that refused
  observation.consumed.reset();
  observation.remaining.reset();
  observation.reset.reset();
  if (used_up) {  // not the token, and not this minute
    observation.before_next.reset();
    observation.retry_after.reset();
  }
  return quota;
}

}  // namespace segment::inline SEGMENT_ABI::detail
