#pragma once

#include <chrono>
#include <vector>

#include "segment/error.hpp"
#include "segment/http/response.hpp"
#include "segment/rate_limiter.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What a response says about rate limits. Times are positive and at most a year; a text that is
/// not a number or a date, a time in the past, or an absurd one counts as absent. A number of
/// seconds rounds up; one that is too large for a wait is taken for seconds or milliseconds since
/// 1970. Of a repeated header the longest wait counts.
///
/// Dates are relative to the response's own `Date` if it has one, so that a wrong clock does no
/// harm.
///
/// \param items the response's errors: those of a 429 carry figures in their `data`.
/// \param now the machine's time of day.
[[nodiscard]] RateObservation read_rate_observation(const http::Response& response,
                                                    const std::vector<ApiErrorItem>& items,
                                                    std::chrono::system_clock::time_point now);

}  // namespace segment::inline SEGMENT_ABI::detail
