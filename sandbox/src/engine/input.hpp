#pragma once

#include <string_view>

#include "engine/call.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Reads a call's query and body and holds them against the description.
///
/// \param query percent-encoded, without the question mark.
/// \throws Refusal: 400 for what cannot be read, 413 for a body that is too large, 422 with an
///        error for each member that is wrong. Members that the description does not know are
///        passed over, unless SandboxOptions::refuse_unknown_members says otherwise.
void read_input(Call& call, std::string_view query);

}  // namespace segment::inline SEGMENT_ABI::sandbox
