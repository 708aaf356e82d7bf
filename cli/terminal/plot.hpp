#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace segment::cli {

/// One bar of a plot, whose parts follow each other.
struct Bar {
  std::string label{};
  std::vector<std::int64_t> parts{};  // from zero
  std::string text{};                 // after the bar
};

/// Bars side by side for people, each on a line: as long as the largest sum allows. A part that is
/// not zero shows in a column at least, and each has a look of its own.
///
/// \param width of a line, in columns.
/// \param blocks whether the terminal has block characters; otherwise ASCII is used.
[[nodiscard]] std::string plot(const std::vector<Bar>& bars, std::size_t width, bool blocks);

/// How the parts of a bar look, in their order: for a legend.
[[nodiscard]] std::string look_of_part(std::size_t part, bool blocks);

/// Whether the output may contain more than ASCII, according to the environment's locale.
[[nodiscard]] bool output_is_utf8();

}  // namespace segment::cli
