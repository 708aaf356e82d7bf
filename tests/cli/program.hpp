#pragma once

#include <map>
#include <string>
#include <vector>

#include "segment/types/json.hpp"

namespace segment::test {

/// The result of running the program.
struct Ran {
  int exit_code = -1;
  std::string out{};
  std::string err{};
};

/// A run of the program, in an environment of only these variables.
struct Run {
  std::vector<std::string> arguments{};
  std::map<std::string, std::string> environment{};
  std::string input{};       // on standard input
  std::string out_file{};    // standard output goes here instead
  bool reader_gone = false;  // the reading end of standard output is closed
  bool out_closed = false;   // standard output is closed
};

[[nodiscard]] Ran run(const Run& what);

/// The same for another program.
[[nodiscard]] Ran run_program(const std::string& path, const Run& what);

/// The environment of a run: its own variables, and the options of sanitizers.
[[nodiscard]] std::vector<std::string> environment_of(const Run& what);

/// Strings as exec takes them, with a null after the last. They must outlive the result.
[[nodiscard]] std::vector<char*> pointers_to(std::vector<std::string>& texts);

/// The token of these tests.
inline constexpr auto token = "sgp_secret-of-the-tests";

/// A run against this base URL, with the token.
[[nodiscard]] Ran run_against(const std::string& base_url, std::vector<std::string> arguments,
                              std::string input = {});

/// The values of a text with one JSON value per line.
[[nodiscard]] std::vector<Json> lines_of(const std::string& text);

/// Skips the test if the program was not built.
#if defined(SEGMENT_CLI_PATH)
#define SEGMENT_NEEDS_PROGRAM() static_cast<void>(0)
#else
#define SEGMENT_NEEDS_PROGRAM() GTEST_SKIP() << "the command-line client is not built"
#endif

/// Skips the test if the program was built without the sandbox.
#if defined(SEGMENT_TEST_HAS_SANDBOX)
#define SEGMENT_NEEDS_SANDBOX() static_cast<void>(0)
#else
#define SEGMENT_NEEDS_SANDBOX() GTEST_SKIP() << "the sandbox is not built"
#endif

}  // namespace segment::test
