#pragma once

/// \file Tools for text that people type or servers send.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// A server's text on one line. Line breaks and escape sequences could forge log lines or control a
/// terminal, so every control character becomes a space, and in invalid UTF-8 every byte that is
/// not ASCII.
[[nodiscard]] SEGMENT_EXPORT std::string one_line(std::string text);

/// The name that a mistyped one probably means: it differs only in case and separators, or in a few
/// letters.
///
/// \return empty if no name is similar.
[[nodiscard]] SEGMENT_EXPORT std::string_view nearest_name(std::string_view typed,
                                                           std::span<const std::string_view> names);

/// The suggestion to append to an error message: ` (did you mean enabled?)`; empty if there is
/// none.
[[nodiscard]] SEGMENT_EXPORT std::string did_you_mean(std::string_view suggestion);

/// The text with ASCII letters in lower case; everything else stays, whatever the locale.
[[nodiscard]] SEGMENT_EXPORT std::string lower_case(std::string_view text);

/// Whether the bytes are well-formed UTF-8 (no overlong forms, no surrogates).
[[nodiscard]] SEGMENT_EXPORT bool is_utf8(std::string_view bytes) noexcept;

/// One character, or an invalid byte sequence that one U+FFFD replaces.
struct Utf8Sequence {
  std::size_t length;
  bool well_formed;
};

/// The character or invalid sequence at the start of the bytes.
///
/// \param bytes at least one.
[[nodiscard]] SEGMENT_EXPORT Utf8Sequence utf8_sequence(std::string_view bytes) noexcept;

}  // namespace segment::inline SEGMENT_ABI
