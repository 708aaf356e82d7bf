#pragma once

#include "engine/exchange.hpp"
#include "engine/rate_limiter.hpp"
#include "engine/refusal.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// An answer that says no.
[[nodiscard]] WireReply reply_to(const Refusal& refusal);

/// The answer that a fault wants in place of the real one.
[[nodiscard]] WireReply reply_to(const Fault& fault);

/// The 429 for a call beyond its limit.
[[nodiscard]] WireReply too_many_requests(const RateStatus& status);

/// Says in an answer's headers how the call stood to its limit.
void add_rate_headers(WireReply& reply, const RateStatus& status);

}  // namespace segment::inline SEGMENT_ABI::sandbox
