#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

#include "program.hpp"

namespace segment::test {

/// What a run in a terminal left behind.
struct InTerminal {
  int exit_code = -1;
  std::string screen{};  // all that was written there, and what was typed where it is shown
  bool echoes = false;   // whether the terminal shows what is typed, in the end
};

/// What happens between two steps of the program, which has this number.
using Meanwhile = std::function<void(pid_t)>;

/// Runs the program in a terminal of 24 lines, which is its standard input, output
/// and error.
///
/// \param typed written once `prompt` has come; line by line, each behind a prompt of its own where
///        there is a tab between them.
/// \param at_first_prompt called when the first prompt has come, before anything is typed.
[[nodiscard]] InTerminal run_in_terminal(const Run& what, const std::string& typed = {},
                                         const std::string& prompt = {},
                                         unsigned short columns = 80,
                                         const Meanwhile& at_first_prompt = {});

}  // namespace segment::test
