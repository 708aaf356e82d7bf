#pragma once

#include <string>

namespace segment::cli {

/// The library's messages speak of its C++ options: here of the flag or the environment's variable
/// that sets each of them in this program.
[[nodiscard]] std::string in_words_of_the_command_line(std::string message);

}  // namespace segment::cli
