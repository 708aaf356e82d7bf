#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace segment::cli {

/// The code point of one character.
///
/// \param character its bytes, well-formed UTF-8.
[[nodiscard]] char32_t code_point_of(std::string_view character);

/// How many columns of a terminal a text takes up: two for a wide character, none for a combining
/// one.
[[nodiscard]] std::size_t columns_of(std::string_view text);

/// The longest beginning of a text that fits into this many columns.
[[nodiscard]] std::string_view fitting(std::string_view text, std::size_t columns);

/// A text broken at its spaces into lines of at most this many columns; a longer path is broken at
/// a slash. Each line but the first begins with this many spaces, which count.
///
/// \param taken columns of the first line that are in use already.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent,
                                  std::size_t taken);

}  // namespace segment::cli
