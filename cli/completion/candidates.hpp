#pragma once

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace segment::cli {

/// Something that can be typed.
struct Candidate {
  std::string text{};
  std::string description{};  // what it is, on one line; may be empty
};

/// All that can be typed in a place.
struct Candidates {
  std::vector<Candidate> found{};
  /// Set if the name of a file can be, too: what the word has in front of that name, such as
  /// `subject-ids=`.
  std::optional<std::string> before_file{};
};

/// What the last word can be completed to: commands, flags, values that are known, ids of the
/// workspace, and files.
///
/// \param words what follows the program's name.
[[nodiscard]] Candidates candidates(const CLI::App& program, const std::vector<std::string>& words);

}  // namespace segment::cli
