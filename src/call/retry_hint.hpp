#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "segment/error.hpp"
#include "segment/http/response.hpp"
#include "segment/rate_limiter.hpp"

namespace segment::detail {

/// When the server wants the request again: the longest of the hints that its answer carries.
///
/// Read are `Retry-After` (seconds or a date), and of a 429 also `X-RateLimit-Reset` (a date) and
/// `msBeforeNext` in its errors. Dates count from the answer's own `Date` where it has one, so that
/// a clock that is off does no harm. A hint that is in the past, negative or no number is none.
///
/// \param items the answer's errors.
/// \param now the machine's time of day.
/// \return nothing where there is no hint.
[[nodiscard]] std::optional<std::chrono::milliseconds> retry_hint(
    const http::Response& response, const std::vector<ApiErrorItem>& items,
    std::chrono::system_clock::time_point now);

/// The same, of what was read from the answer before.
[[nodiscard]] std::optional<std::chrono::milliseconds> retry_hint(
    const RateObservation& observation);

}  // namespace segment::detail
