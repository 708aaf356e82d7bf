#pragma once

#include "call/call_table.hpp"
#include "call/core.hpp"
#include "call/encoded_call.hpp"
#include "segment/call_options.hpp"

namespace segment::detail {

/// Makes one encoded call and waits for it: sends, waits between tries, and fills the result or
/// throws.
void run(const Core& core, const CallTable& table, const EncodedCall& call, void* result,
         const CallOptions& options);

}  // namespace segment::detail
