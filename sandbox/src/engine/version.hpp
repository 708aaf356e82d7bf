#pragma once

#include <span>
#include <string_view>

#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// A version, and the one of an operation's constants that is for it.
struct ChosenVersion {
  const Operation* operation;
  ApiVersion version;
};

/// The version of an operation that an `Accept` header asks for, out of several media types with
/// their `q`: the one that is wanted most, of two alike the one that is named, then the more
/// stable. A header that names nothing of the API's means the most stable version that the
/// operation has.
///
/// \param operations of one id, the most stable one first.
/// \throws Refusal with 406 where the operation has no version that is accepted. What the API does
///         then is not documented; this answer says what is wrong.
[[nodiscard]] ChosenVersion chosen_version(std::span<const Operation* const> operations,
                                           std::string_view accept);

}  // namespace segment::inline SEGMENT_ABI::sandbox
