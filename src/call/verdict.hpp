#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "segment/http/response.hpp"
#include "segment/operation.hpp"
#include "segment/rate_limiter.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What the outcome of one try says about going on.
struct Verdict {
  bool done = false;                                // a 2xx
  bool retryable = false;                           // trying again is safe and could help
  bool unknown = false;                             // this try may have done it
  bool refused = false;                             // too many requests: nothing was done
  std::string_view why_not{};                       // why it is not retryable, for the message
  std::optional<std::chrono::milliseconds> hint{};  // when the server wants it again
};

/// Whether a status says yes.
[[nodiscard]] constexpr bool is_success(int status) noexcept {
  return status >= 200 && status < 300;
}

/// Judges an outcome: by what the operation allows, not by the status alone.
///
/// \param observation what the answer said about limits.
/// \param idempotent whether doing it twice is harmless.
[[nodiscard]] Verdict judge(const http::Outcome& outcome, const RateObservation& observation,
                            const Operation& operation, bool idempotent);

}  // namespace segment::inline SEGMENT_ABI::detail
