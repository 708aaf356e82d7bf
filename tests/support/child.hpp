#pragma once

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "support/sanitizers.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): not every system declares it

namespace segment::test {

/// How a process ended: its exit code, or 1000 plus the number of the signal that killed it.
inline int end_of(pid_t child) {
  int status = 0;
  if (::waitpid(child, &status, 0) != child) return -1;
  return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

/// Runs something in a forked child, which then exits at once without running exit handlers.
template <class Function>
[[nodiscard]] pid_t in_forked_child(Function function) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  // A child that hangs is killed, so that the test fails instead of hanging too.
  ::alarm(60);
  int code = 1;
  try {
    code = function() ? 0 : 1;
  } catch (...) {
    code = 2;
  }
  ::_exit(code);
}

/// Starts this same program again, for one test that is otherwise disabled.
///
/// \param test its full name.
/// \param variables of the environment, as `NAME=value`.
[[nodiscard]] inline pid_t start_this_program(const std::string& test,
                                              std::vector<std::string> variables) {
  std::vector<std::string> arguments{"/proc/self/exe", "--gtest_filter=" + test,
                                     "--gtest_also_run_disabled_tests", "--gtest_brief=1"};
  std::vector<char*> argument_pointers;
  for (std::string& argument : arguments) argument_pointers.push_back(argument.data());
  argument_pointers.push_back(nullptr);
  std::vector<char*> variable_pointers;
  for (std::string& variable : variables) variable_pointers.push_back(variable.data());
  for (char** variable = environ; *variable != nullptr; ++variable) {
    variable_pointers.push_back(*variable);
  }
  variable_pointers.push_back(nullptr);
  pid_t child = -1;
  ::posix_spawn(&child, "/proc/self/exe", nullptr, nullptr, argument_pointers.data(),
                variable_pointers.data());
  return child;
}

}  // namespace segment::test
