#include "command_line/typos.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "command_line/describe_command.hpp"
#include "operations/catalog.hpp"
#include "segment/helpers/text.hpp"

namespace segment::cli {

namespace {

std::string_view nearest_of(const std::string& typed, const std::vector<std::string>& names) {
  const std::vector<std::string_view> views(names.begin(), names.end());
  return nearest_name(typed, views);
}

/// What other programs call it.
struct OtherName {
  std::string_view typed;
  std::string_view ours;  // a command, or a flag with or without its value
};

constexpr OtherName other_commands[] = {
    {"delete", "remove"}, {"rm", "remove"},        {"destroy", "remove"}, {"ls", "list"},
    {"show", "get"},      {"describe", "get"},     {"add", "create"},     {"new", "create"},
    {"edit", "update"},   {"set", "update"},       {"patch", "update"},   {"import", "apply"},
    {"help", "--help"},   {"version", "--version"}};

constexpr OtherName other_flags[] = {{"--json", "--output json"},
                                     {"--yaml", "--output yaml"},
                                     {"--csv", "--output csv"},
                                     {"--format", "--output"},
                                     {"-o", "--output"},
                                     {"--jq", "--query"},
                                     {"--limit", "--count"},
                                     {"--page-size", "--count"},
                                     {"--after", "--cursor"},
                                     {"--force", "--yes"},
                                     {"-f", "--yes"},
                                     {"-y", "--yes"},
                                     {"--debug", "--verbose"},
                                     {"--file", "--input"},
                                     {"--token", "SEGMENT_TOKEN"},
                                     {"--region", "SEGMENT_REGION"},
                                     {"--base-url", "SEGMENT_BASE_URL"}};

/// What was meant; empty if that is unknown. If it is a flag and not an environment variable, the
/// command must have that flag.
std::string_view meant_by(const std::string& typed, const std::vector<std::string>& known,
                          std::span<const OtherName> others) {
  const auto is_here = [&](std::string_view ours) {
    return ours.starts_with("SEGMENT_") || ours == "--help" || ours == "--version" ||
           std::ranges::find(known, ours.substr(0, ours.find(' '))) != known.end();
  };
  for (const OtherName& other : others) {
    if (other.typed == typed && is_here(other.ours)) return other.ours;
  }
  return nearest_of(typed, known);
}

std::vector<std::string> commands_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* each : all_commands(command)) names.push_back(each->get_name());
  return names;
}

// For a flag that was typed before the name of the command that has it; otherwise empty.
std::string flag_too_early(const CLI::App& innermost, const std::vector<std::string>& typed) {
  const CLI::App* command = &innermost;
  std::string flag;
  for (const std::string& argument : typed) {
    if (argument.starts_with('-')) {
      if (flag.empty()) flag = argument.substr(0, argument.find('='));
    } else if (const CLI::App* next = command_called(*command, argument)) {
      command = next;
    }
  }
  if (flag.empty() || command->get_option_no_throw(flag) == nullptr) return {};
  return flag + " goes after the command: " + words_of(*command) + " ... " + flag;
}

std::vector<std::string> arguments_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional()) names.push_back(option->get_name(true));
  }
  return names;
}

// `--source-id` and `--id` of a command that takes SOURCE_ID.
std::string argument_meant_by(const CLI::App& command, const std::string& flag) {
  const std::string meant =
      shouted(flag.substr(std::min(flag.find_first_not_of('-'), flag.size())));
  const std::vector<std::string> names = arguments_of(command);
  for (const std::string& name : names) {
    if (name != meant && !(names.size() == 1 && name.ends_with("_" + meant))) continue;
    return name + " without a flag: " + words_of(command) + " " + name;
  }
  return {};
}

std::string unknown_flags(const CLI::App& command, const std::vector<std::string>& typed) {
  const std::vector<std::string> known = flags_of(command);
  std::string flags;
  for (const std::string& argument : typed) {
    if (!argument.starts_with('-')) continue;
    const std::string flag = argument.substr(0, argument.find('='));
    std::string meant = argument_meant_by(command, flag);
    if (meant.empty()) meant = meant_by(flag, known, other_flags);
    flags += (flags.empty() ? "" : ", ") + flag + did_you_mean(meant);
  }
  return flags;
}

// Surplus arguments are not repeated.
std::string what_it_takes(const CLI::App& command) {
  std::string names;
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional()) names += " " + in_usage(*option);
  }
  if (names.empty()) return words_of(command) + " takes flags only, and no other argument";
  return "the command takes fewer arguments: " + words_of(command) + names;
}

}  // namespace

const CLI::App& innermost_command(const CLI::App& program) {
  const CLI::App* command = &program;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  return *command;
}

std::string words_of(const CLI::App& command) {
  const CLI::App* above = command.get_parent();
  return (above != nullptr ? words_of(*above) + " " : std::string()) + command.get_name();
}

std::string what_is_unknown(const CLI::App& program) {
  const CLI::App& command = innermost_command(program);
  const std::vector<std::string> typed = program.remaining(true);
  const std::vector<std::string> known = commands_of(command);
  std::string early = flag_too_early(command, typed);
  if (!early.empty()) return early;
  const auto word = std::ranges::find_if(typed, [&](const std::string& argument) {
    return !argument.starts_with('-') && command_called(command, argument) == nullptr;
  });
  if (!known.empty() && word != typed.end()) {
    const std::string_view meant = meant_by(*word, known, other_commands);
    if (!meant.empty()) return "there is no command " + *word + did_you_mean(meant);
    return "there is no such command (`segment operations` lists all calls)";
  }
  const std::string flags = unknown_flags(command, typed);
  return flags.empty() ? what_it_takes(command) : "the command has no such flag: " + flags;
}

}  // namespace segment::cli
