#pragma once

#include <chrono>
#include <vector>

#include "segment/error.hpp"
#include "segment/http/response.hpp"
#include "segment/rate_limiter.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What a response says about rate limits. Times are positive and at most a year; a text that is no
/// number or date, a time in the past, or an absurd one is as if it were absent. A number of
/// seconds rounds up; one that is no wait is taken for seconds or milliseconds since 1970. Of a
/// header that comes several times the longest wait counts.
///
/// Dates count from the response's own `Date` where it has one, so that a clock that is off does no
/// harm.
///
/// \param items the response's errors: those of a 429 carry figures in their `data`.
/// \param now the machine's time of day.
[[nodiscard]] RateObservation read_rate_observation(const http::Response& response,
                                                    const std::vector<ApiErrorItem>& items,
                                                    std::chrono::system_clock::time_point now);

}  // namespace segment::inline SEGMENT_ABI::detail
