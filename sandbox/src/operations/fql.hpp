#pragma once

#include <stdexcept>
#include <string_view>

#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// What is invalid in a condition.
struct FqlError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Whether an event matches a condition in FQL: `all`, comparisons of paths, strings, numbers,
/// `true`, `false` and `null`, the functions `contains`, `match`, `lowercase` and `length`, and
/// combinations of these with `and`, `or`, `!` and brackets. A path that leads nowhere is null.
///
/// \throws FqlError for anything else.
[[nodiscard]] bool meets(const Json& event, std::string_view condition);

}  // namespace segment::inline SEGMENT_ABI::sandbox
