#pragma once

#include "segment/call_options.hpp"
#include "segment/json_call.hpp"
#include "segment/operation.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// A call whose input was checked and is valid. That needs neither a token nor an address.
///
/// \param input as `read_input` returns it.
/// \throws Malformed, or InvalidArgumentError, for an input that cannot be sent, or must not be.
[[nodiscard]] JsonCall prepare_call(const Operation& operation, const Json& input,
                                    CallOptions options);

}  // namespace segment::cli
