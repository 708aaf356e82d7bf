#pragma once

#include "call/call_table.hpp"
#include "call/core.hpp"
#include "call/encoded_call.hpp"
#include "segment/call_options.hpp"
#include "segment/detail/call.hpp"

namespace segment::detail {

/// Encodes what one call was given, and looks it over.
///
/// \throws InvalidArgumentError for what cannot be sent.
[[nodiscard]] EncodedCall prepare(const Core& core, const CallTable& table, const CallInput& input,
                                  const CallOptions& options);

/// Makes one encoded call and waits for it: sends, waits between tries, and fills the result or
/// throws.
void run(const Core& core, const CallTable& table, const EncodedCall& call, void* result,
         const CallOptions& options);

}  // namespace segment::detail
