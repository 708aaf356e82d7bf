#pragma once

#include <optional>
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

/// A number in C's spelling, whatever the locale says. Nothing where the text is none, or one
/// beyond a double's range.
[[nodiscard]] std::optional<double> to_double(std::string_view text);

}  // namespace segment::inline SEGMENT_ABI::detail
