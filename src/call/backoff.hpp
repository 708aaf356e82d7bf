#pragma once

#include <algorithm>
#include <chrono>

#include "segment/client_options.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The wait after a try that failed, without a hint from the server: exponential, with full jitter.
///
/// \param attempts how often the request was sent so far; at least 1.
/// \param fraction from 0 up to but not including 1.
[[nodiscard]] inline std::chrono::milliseconds backoff(const RetryOptions& options, int attempts,
                                                       double fraction) {
  const int doublings = std::min(attempts - 1, 30);
  const double most = std::min(
      static_cast<double>(options.initial_backoff.count()) * static_cast<double>(1LL << doublings),
      static_cast<double>(options.max_backoff.count()));
  return std::chrono::milliseconds(static_cast<long long>(most * fraction));
}

}  // namespace segment::inline SEGMENT_ABI::detail
