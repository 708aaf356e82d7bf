#pragma once

#include <chrono>
#include <optional>

#include "segment/rate_limiter.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// When the server wants the request again: the longest of the hints that its answer carries.
///
/// `Retry-After` counts after any answer, the end of the window and `msBeforeNext` only after a
/// 429: every answer tells of its window.
///
/// \return nothing where there is no hint.
[[nodiscard]] std::optional<std::chrono::milliseconds> retry_hint(
    const RateObservation& observation);

}  // namespace segment::inline SEGMENT_ABI::detail
