#pragma once

/// \file
/// What tools need for texts that people type, and that servers send.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// Text of a server on one line: its line breaks and escape sequences could forge lines of a log
/// or steer a terminal, so every control character becomes a space, and so does what is not UTF-8.
[[nodiscard]] SEGMENT_EXPORT std::string one_line(std::string text);

/// The name that was probably meant by a mistyped one: it differs in case and separators alone, or
/// in few letters.
///
/// \return empty where no name is near.
[[nodiscard]] SEGMENT_EXPORT std::string_view nearest_name(std::string_view typed,
                                                           std::span<const std::string_view> names);

/// A text whose letters of ASCII are in lower case; what else there is stays, whatever the locale.
[[nodiscard]] SEGMENT_EXPORT std::string lower_case(std::string_view text);

/// Whether the bytes are well-formed UTF-8 (no overlong forms, no surrogates).
[[nodiscard]] SEGMENT_EXPORT bool is_utf8(std::string_view bytes) noexcept;

/// One character, or the bytes that look like the beginning of one and are none: what one U+FFFD
/// stands for.
struct Utf8Sequence {
  std::size_t length;
  bool well_formed;
};

/// What the bytes begin with.
///
/// \param bytes at least one.
[[nodiscard]] SEGMENT_EXPORT Utf8Sequence utf8_sequence(std::string_view bytes) noexcept;

}  // namespace segment::inline SEGMENT_ABI
