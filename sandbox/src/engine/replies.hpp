#pragma once

#include "engine/exchange.hpp"
#include "engine/rate_limiter.hpp"
#include "engine/refusal.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// An error response.
[[nodiscard]] WireReply reply_to(const Refusal& refusal);

/// The response that a fault sends instead of the real one.
[[nodiscard]] WireReply reply_to(const Fault& fault);

/// The 429 for a call beyond its limit.
[[nodiscard]] WireReply too_many_requests(const RateStatus& status);

/// Reports the state of the call's limit in the response headers.
void add_rate_headers(WireReply& reply, const RateStatus& status);

}  // namespace segment::inline SEGMENT_ABI::sandbox
