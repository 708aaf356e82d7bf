#pragma once

#include <string>

#include "program.hpp"

namespace segment::test {

/// What a run in a terminal left behind.
struct InTerminal {
  int exit_code = -1;
  std::string screen{};  // all that was written there, and what was typed where it is shown
};

/// Runs the program in a terminal of 24 lines, which is its standard input, output
/// and error.
///
/// \param typed written once `prompt` has come; line by line, each behind a prompt of its own where
///        there is a tab between them.
[[nodiscard]] InTerminal run_in_terminal(const Run& what, const std::string& typed = {},
                                         const std::string& prompt = {},
                                         unsigned short columns = 80);

}  // namespace segment::test
