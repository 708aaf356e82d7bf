#pragma once

#include <algorithm>
#include <chrono>

namespace segment::detail {

/// A point in time after now, for any time-out: one of milliseconds::max() would turn the clock
/// over.
[[nodiscard]] inline std::chrono::steady_clock::time_point end_after(
    std::chrono::steady_clock::time_point now, std::chrono::milliseconds timeout) noexcept {
  constexpr std::chrono::milliseconds longest = std::chrono::years{100};
  return now + std::clamp(timeout, -longest, longest);
}

}  // namespace segment::detail
