#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace segment::cli {

/// Something that can be typed, and what it is.
struct HelpEntry {
  std::string name{};        // `--slug`
  std::string with_value{};  // `--slug TEXT`
  std::string text{};
};

/// Entries that belong together: `Arguments`, `Input (required)`, `Options`, `Commands`.
struct HelpGroup {
  std::string title{};
  std::vector<HelpEntry> entries{};
  bool are_commands = false;
};

/// What can follow a command, the most important first: its arguments, what is required, what is
/// not, the options that every command has, its own commands.
[[nodiscard]] std::vector<HelpGroup> entries_of(const CLI::App& command);

/// An argument as a usage line shows it: `A`, or `[B]` if it may be left out.
[[nodiscard]] std::string in_usage(const CLI::Option& argument);

/// `segment sources get SOURCE_ID [OPTIONS]`.
[[nodiscard]] std::string usage_of(const CLI::App& command, const std::string& name);

/// The commands right below one.
[[nodiscard]] std::vector<const CLI::App*> all_commands(const CLI::App& command);

/// Those of them that help shows; the others have no group and are for programs.
[[nodiscard]] std::vector<const CLI::App*> shown_commands(const CLI::App& command);

/// The command of this name right below one, with all of its flags; null if there is none.
[[nodiscard]] const CLI::App* command_called(const CLI::App& command, const std::string& name);

/// The flags of a command by their long names: `--slug`.
[[nodiscard]] std::vector<std::string> flags_of(const CLI::App& command);

/// Whether a value follows a flag.
[[nodiscard]] bool takes_a_value(const CLI::Option& option);

/// The group of the options that every command has.
inline constexpr auto common_options = "Options";

}  // namespace segment::cli
