#pragma once

#include <stdexcept>
#include <string_view>

#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// What the sandbox cannot make sense of in a condition.
struct FqlError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Whether an event meets a condition in FQL: `all`, comparisons of paths, texts, numbers, `true`,
/// `false` and `null`, the functions `contains`, `match`, `lowercase` and `length`, and what `and`,
/// `or`, `!` and brackets make of them. A path that leads nowhere is null.
///
/// \throws FqlError for anything else.
[[nodiscard]] bool meets(const Json& event, std::string_view condition);

}  // namespace segment::inline SEGMENT_ABI::sandbox
