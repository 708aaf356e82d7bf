#pragma once

#include <cstddef>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Whether the bytes are well-formed UTF-8 (no overlong forms, no surrogates).
[[nodiscard]] SEGMENT_EXPORT_INTERNAL bool is_utf8(std::string_view bytes) noexcept;

/// One character, or the bytes that look like the beginning of one and are none: what one U+FFFD
/// stands for.
struct Utf8Sequence {
  std::size_t length;
  bool well_formed;
};

/// What the bytes begin with.
///
/// \param bytes at least one.
[[nodiscard]] Utf8Sequence utf8_sequence(std::string_view bytes) noexcept;

}  // namespace segment::inline SEGMENT_ABI::detail
