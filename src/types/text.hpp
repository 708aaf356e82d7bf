#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "segment/helpers/text.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

[[nodiscard]] constexpr bool is_white_space(char c) noexcept {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Text without the white space around it.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && is_white_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_white_space(text.back())) text.remove_suffix(1);
  return text;
}

/// Lower case for ASCII letters only; std::tolower would use the locale.
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

/// A name without case and separators: `api_key`, `API-Key` and `apiKey` are all `apikey`.
[[nodiscard]] inline std::string bare_name(std::string_view name) {
  std::string bare;
  for (char c : name) {
    c = lower(c);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) bare += c;
  }
  return bare;
}

/// Reads a number in C's notation, whatever the locale. std::nullopt if the text is not a number,
/// or one beyond a double's range.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::optional<double> to_double(std::string_view text);

}  // namespace segment::inline SEGMENT_ABI::detail
