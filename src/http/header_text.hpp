#pragma once

#include <algorithm>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Whether text can be a header's value: no control characters.
[[nodiscard]] inline bool is_header_value(std::string_view text) noexcept {
  return std::ranges::none_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20U && c != '\t') || c == '\x7f';
  });
}

/// Whether text can be a header's name: the characters that HTTP calls a token.
[[nodiscard]] inline bool is_header_name(std::string_view text) noexcept {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
  });
}

}  // namespace segment::inline SEGMENT_ABI::detail
