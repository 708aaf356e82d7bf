#pragma once

#include <string>

namespace CLI {
class App;
}

namespace segment::cli {

/// The command that was typed last: `list` of `segment sources list --all`.
[[nodiscard]] const CLI::App& innermost_command(const CLI::App& program);

/// The words that name a command, as they are typed: `segment sources list`.
[[nodiscard]] std::string words_of(const CLI::App& command);

/// What was typed that the command does not know, as the start of a sentence, with what was
/// probably meant. A flag is named without its value, and another word only if it is nearly a
/// command, because it could be a token or a write key that landed in the wrong place.
[[nodiscard]] std::string what_is_unknown(const CLI::App& program);

}  // namespace segment::cli
