#pragma once

#include <map>
#include <string>
#include <vector>

#include "segment/types/json.hpp"

namespace segment::test {

/// What a run of the program left behind.
struct Ran {
  int exit_code = -1;
  std::string out{};
  std::string err{};
};

/// A run of the program, in an environment of nothing but what is said here.
struct Run {
  std::vector<std::string> arguments{};
  std::map<std::string, std::string> environment{};
  std::string input{};       // on standard input
  std::string out_file{};    // standard output goes here instead
  bool reader_gone = false;  // nobody reads standard output
  bool out_closed = false;   // there is no standard output
};

[[nodiscard]] Ran run(const Run& what);

/// The same of another program.
[[nodiscard]] Ran run_program(const std::string& path, const Run& what);

/// The environment of a run: what it says, and what sanitizers are told.
[[nodiscard]] std::vector<std::string> environment_of(const Run& what);

/// Texts as exec takes them: a null behind the last. They outlive what is returned.
[[nodiscard]] std::vector<char*> pointers_to(std::vector<std::string>& texts);

/// The token of the tests below.
inline constexpr auto token = "sgp_secret-of-the-tests";

/// A run that calls this address, with the token.
[[nodiscard]] Ran run_against(const std::string& base_url, std::vector<std::string> arguments,
                              std::string input = {});

/// The values of a text with one JSON value a line.
[[nodiscard]] std::vector<Json> lines_of(const std::string& text);

/// Skips the test where the program was not built.
#if defined(SEGMENT_CLI_PATH)
#define SEGMENT_NEEDS_PROGRAM() static_cast<void>(0)
#else
#define SEGMENT_NEEDS_PROGRAM() GTEST_SKIP() << "the command-line client is not built"
#endif

/// Skips the test where the program was built without the sandbox.
#if defined(SEGMENT_TEST_HAS_SANDBOX)
#define SEGMENT_NEEDS_SANDBOX() static_cast<void>(0)
#else
#define SEGMENT_NEEDS_SANDBOX() GTEST_SKIP() << "the sandbox is not built"
#endif

}  // namespace segment::test
