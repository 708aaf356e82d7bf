#pragma once

#include <span>
#include <string_view>

#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// A version, and the operation constant for it.
struct ChosenVersion {
  const Operation* operation;
  ApiVersion version;
};

/// The version of an operation that an `Accept` header asks for, which may list several media types
/// with their `q`: the preferred one, among equals the one that is named, then the more stable. A
/// header that names nothing the API has means the most stable version of the operation.
///
/// \param operations of one id, the most stable one first.
/// \throws Refusal with 406 if the operation has no version that is accepted. What the API does
///         then is not documented; this response says what is wrong.
[[nodiscard]] ChosenVersion chosen_version(std::span<const Operation* const> operations,
                                           std::string_view accept);

}  // namespace segment::inline SEGMENT_ABI::sandbox
