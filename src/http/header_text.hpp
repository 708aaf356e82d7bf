#pragma once

#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Whether text can be a header's name: the characters that HTTP calls a token.
[[nodiscard]] bool is_header_name(std::string_view text) noexcept;

/// Whether text can be a header's value: no control characters.
[[nodiscard]] bool is_header_value(std::string_view text) noexcept;

}  // namespace segment::inline SEGMENT_ABI::detail
