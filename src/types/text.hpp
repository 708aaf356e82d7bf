#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "segment/helpers/text.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

inline constexpr std::string_view white_space = " \t\r\n\v\f";

/// Text without the white space around it.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept {
  const std::size_t start = text.find_first_not_of(white_space);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(white_space) - start + 1);
}

/// A letter of ASCII in lower case; what else there is stays. std::tolower would ask the locale.
[[nodiscard]] constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] inline std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}

[[nodiscard]] constexpr bool same_but_for_case(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char left, char right) { return lower(left) == lower(right); });
}

/// A number in C's spelling, whatever the locale says. Nothing where the text is none, or one
/// beyond a double's range.
[[nodiscard]] std::optional<double> to_double(std::string_view text);

}  // namespace segment::inline SEGMENT_ABI::detail
