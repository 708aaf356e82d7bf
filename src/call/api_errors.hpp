#pragma once

#include <string_view>
#include <vector>

#include "segment/error.hpp"

namespace segment::detail {

/// The errors that an answer's body lists, read as leniently as can be: a body that is no JSON, or
/// has no such list, has none.
[[nodiscard]] std::vector<ApiErrorItem> read_api_errors(std::string_view body);

}  // namespace segment::detail
