#pragma once

#include <string_view>

#include "segment/operation.hpp"

namespace segment::sandbox {

/// The version of an operation that an `Accept` header asks for. Nothing asked for, or nothing that
/// names a version, means the most stable one that the operation has.
///
/// \throws Refusal with 406 for a version that the operation lacks. What the API does then is not
///         documented; this answer says what is wrong.
[[nodiscard]] ApiVersion chosen_version(const Operation& operation, std::string_view accept);

}  // namespace segment::sandbox
