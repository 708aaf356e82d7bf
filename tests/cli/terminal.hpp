#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

#include "program.hpp"

namespace segment::test {

/// The result of a run in a terminal.
struct InTerminal {
  int exit_code = -1;
  std::string screen{};  // all that was written there, and what was typed if echoed
  bool echoes = false;   // whether the terminal echoes input at the end
};

/// Called between two steps of the program, with its process id.
using Meanwhile = std::function<void(pid_t)>;

/// Runs the program in a terminal of 24 lines, which is its standard input, output
/// and error.
///
/// \param typed written once `prompt` has appeared. A tab separates parts that each wait for the
///        next prompt.
/// \param at_first_prompt called when the first prompt has appeared, before anything is typed.
[[nodiscard]] InTerminal run_in_terminal(const Run& what, const std::string& typed = {},
                                         const std::string& prompt = {},
                                         unsigned short columns = 80,
                                         const Meanwhile& at_first_prompt = {});

}  // namespace segment::test
