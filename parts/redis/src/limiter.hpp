#pragma once

#include <memory>

#include "segment/redis/rate_limiter.hpp"

namespace segment::inline SEGMENT_ABI::redis {

/// A limiter that uses the times it is given as the fleet's time: for tests, in which no time
/// passes.
[[nodiscard]] std::shared_ptr<RateLimiter> create_scripted_rate_limiter(RateLimiterOptions options);

}  // namespace segment::inline SEGMENT_ABI::redis
