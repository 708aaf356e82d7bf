#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace segment::cli {

enum class Stream : std::uint8_t { output, error };
enum class Colour : std::uint8_t { bold, dim, red, green, yellow };

/// Whether output there has colours: on a terminal, unless `NO_COLOR` is set, `CLICOLOR` is 0 or
/// `TERM` is dumb; elsewhere only if `CLICOLOR_FORCE` says so.
[[nodiscard]] bool has_colours(Stream stream);

/// A text in a colour, if there are colours.
[[nodiscard]] std::string coloured(std::string_view text, Colour colour, Stream stream);

}  // namespace segment::cli
