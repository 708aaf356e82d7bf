#pragma once

#include <string_view>

#include "engine/call.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Reads a call's query and body and checks them against the description.
///
/// \param query percent-encoded, without the question mark.
/// \throws Refusal: 400 for malformed input, 413 for a body that is too large, 422 with an error
///        for each invalid member. Members that are not in the description are ignored, unless
///        SandboxOptions::refuse_unknown_members is set.
void read_input(Call& call, std::string_view query);

}  // namespace segment::inline SEGMENT_ABI::sandbox
