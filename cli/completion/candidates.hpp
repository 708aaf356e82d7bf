#pragma once

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

/// What can stand in the place of the last word: commands, flags, values that are known, and ids of
/// the workspace.
///
/// \param words what follows the program's name.
[[nodiscard]] std::vector<Candidate> candidates(const CLI::App& program,
                                                const std::vector<std::string>& words);

}  // namespace segment::cli
