#pragma once

#include "call/core.hpp"
#include "call/prepared_call.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Makes one call and waits for it: sends, waits between attempts, and fills the result or
/// throws.
SEGMENT_EXPORT_INTERNAL void run(const Core& core, const PreparedCall& call, void* result);

}  // namespace segment::inline SEGMENT_ABI::detail
