#include "call/retry_hint.hpp"

#include <algorithm>

namespace segment::inline SEGMENT_ABI::detail {

std::optional<std::chrono::milliseconds> retry_hint(const RateObservation& observation) {
  auto longest = observation.retry_after;
  if (observation.status != 429) return longest;
  for (const auto& hint : {observation.reset, observation.before_next}) {
    if (hint) longest = std::max(longest.value_or(*hint), *hint);
  }
  return longest;
}

}  // namespace segment::inline SEGMENT_ABI::detail
