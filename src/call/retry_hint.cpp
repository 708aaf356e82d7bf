#include "call/retry_hint.hpp"

#include <algorithm>

#include "pacing/rate_observation.hpp"

namespace segment::detail {

std::optional<std::chrono::milliseconds> retry_hint(const RateObservation& observation) {
  auto longest = observation.retry_after;
  if (observation.status != 429) return longest;
  for (const auto& hint : {observation.reset, observation.before_next}) {
    if (hint) longest = std::max(longest.value_or(*hint), *hint);
  }
  return longest;
}

std::optional<std::chrono::milliseconds> retry_hint(const http::Response& response,
                                                    const std::vector<ApiErrorItem>& items,
                                                    std::chrono::system_clock::time_point now) {
  return retry_hint(read_rate_observation(response, items, now));
}

}  // namespace segment::detail
