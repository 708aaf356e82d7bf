#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// When something has to end: the earlier of its own time-out and a deadline.
///
/// \param timeout counts from now; zero: none. A negative one has run out already.
/// \return nothing where there is neither.
[[nodiscard]] inline std::optional<std::chrono::steady_clock::time_point> end_after(
    std::chrono::steady_clock::time_point now, std::chrono::milliseconds timeout,
    std::optional<std::chrono::steady_clock::time_point> deadline) noexcept {
  if (timeout == std::chrono::milliseconds::zero()) return deadline;
  // A time-out of milliseconds::max() would turn the clock over.
  constexpr std::chrono::milliseconds longest = std::chrono::years{100};
  const auto end = now + std::clamp(timeout, -longest, longest);
  return deadline ? std::min(*deadline, end) : end;
}

}  // namespace segment::inline SEGMENT_ABI::detail
