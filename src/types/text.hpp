#pragma once

#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

inline constexpr std::string_view white_space = " \t\r\n\v\f";

/// Text without the white space around it.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept {
  const std::size_t start = text.find_first_not_of(white_space);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(white_space) - start + 1);
}

}  // namespace segment::inline SEGMENT_ABI::detail
