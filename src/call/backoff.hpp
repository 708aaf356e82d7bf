#pragma once

#include <algorithm>
#include <chrono>

#include "segment/client_options.hpp"

namespace segment::detail {

/// The wait after a try that failed, without a hint from the server: exponential, with full jitter.
///
/// \param tries how often the request was sent so far; at least 1.
/// \param fraction from 0 up to but not including 1.
[[nodiscard]] inline std::chrono::milliseconds backoff(const RetryOptions& options, int tries,
                                                       double fraction) {
  const int doublings = std::min(tries - 1, 30);
  const double most = std::min(
      static_cast<double>(options.first_wait.count()) * static_cast<double>(1LL << doublings),
      static_cast<double>(options.longest_wait.count()));
  return std::chrono::milliseconds(static_cast<long long>(most * fraction));
}

}  // namespace segment::detail
