#pragma once

#include <string_view>

#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// The version of an operation that an `Accept` header asks for, out of several media types with
/// their `q`: the one that is wanted most, of two alike the one that is named, then the more
/// stable. A header that names nothing of the API's means the most stable version that the
/// operation has.
///
/// \throws Refusal with 406 where the operation has no version that is accepted. What the API does
///         then is not documented; this answer says what is wrong.
[[nodiscard]] ApiVersion chosen_version(const Operation& operation, std::string_view accept);

}  // namespace segment::inline SEGMENT_ABI::sandbox
