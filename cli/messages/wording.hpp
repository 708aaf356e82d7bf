#pragma once

#include <string>

namespace segment::cli {

/// The library's messages name its C++ options. This replaces each with the flag or environment
/// variable that sets it in this program.
[[nodiscard]] std::string in_words_of_the_command_line(std::string message);

}  // namespace segment::cli
