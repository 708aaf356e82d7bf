#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace segment::cli {

/// The command line or the input is invalid, which is found out before anything else is checked.
class Malformed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The reader of standard output has seen enough and closed it. That is not a failure, but there is
/// nothing left to do.
struct ReaderGone {};

/// The two sides differ. That is not a failure, but the program exits with 1, like diff.
struct Differs {};

/// What the program exits with after a failure. Scripts rely on these numbers, so they never
/// change.
enum ExitCode : int {
  exit_success = 0,
  exit_other = 1,
  exit_malformed = 2,
  exit_configuration = 3,
  exit_not_allowed = 4,
  exit_not_found = 5,
  exit_refused = 6,
  exit_rate_limited = 7,
  exit_server_failed = 8,
  exit_no_answer = 9,
  exit_unreadable = 10,
};

/// The exit code for an error.
[[nodiscard]] ExitCode exit_code(const std::exception& error);

/// `error: …` on one line, whatever the message contains.
[[nodiscard]] std::string error_line(std::string_view message);

}  // namespace segment::cli
