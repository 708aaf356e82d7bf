#pragma once

#include <string_view>

namespace segment::cli {

/// The shells that there is a script for.
inline constexpr std::string_view shells[] = {"bash", "zsh", "fish"};

/// The first argument with which the scripts ask the program what can be typed.
inline constexpr std::string_view complete_command = "__complete";

/// The line with which the program says that files can be typed as well.
inline constexpr std::string_view files_too = ":files";

/// A script that completes what is typed, for one of the shells. It asks the program that is typed:
///
///     segment __complete -- sources get q
///
/// which prints one candidate per line, with a description after a tab. If the name of a file is
/// possible too, the last line is `:files`, with what the word has before that name after a tab.
[[nodiscard]] std::string_view completion_script(std::string_view shell);

}  // namespace segment::cli
