#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace segment::cli {

/// What can follow a command: `segment sources get` for one.
struct CompletionNode {
  std::string path{};                // `/sources/get`; empty: the program itself
  std::vector<std::string> words{};  // commands, flags and known values
};

/// The shells that there is a script for.
inline constexpr std::string_view shells[] = {"bash", "zsh", "fish"};

/// A script that completes what is typed, for one of the shells. It never runs the program.
[[nodiscard]] std::string completion_script(std::string_view shell,
                                            const std::vector<CompletionNode>& nodes);

}  // namespace segment::cli
