#pragma once

#include <chrono>

#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// How long a published limit counts.
[[nodiscard]] constexpr std::chrono::seconds length(RatePeriod period) noexcept {
  switch (period) {
    case RatePeriod::second:
      return std::chrono::seconds{1};
    case RatePeriod::minute:
      return std::chrono::minutes{1};
    case RatePeriod::hour:
      return std::chrono::hours{1};
    case RatePeriod::day:
      return std::chrono::days{1};
  }
  return std::chrono::minutes{1};
}

}  // namespace segment::inline SEGMENT_ABI::detail
