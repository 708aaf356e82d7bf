#include "command_line/typos.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>
#include <vector>

#include "command_line/describe_command.hpp"
#include "segment/helpers/text.hpp"

namespace segment::cli {

namespace {

std::string_view nearest_of(const std::string& typed, const std::vector<std::string>& names) {
  const std::vector<std::string_view> views(names.begin(), names.end());
  return nearest_name(typed, views);
}

std::vector<std::string> commands_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* each : all_commands(command)) names.push_back(each->get_name());
  return names;
}

// Of a flag that was typed before the name of the command that has it; else empty.
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
  return flag + " stands behind the command: " + words_of(*command) + " ... " + flag;
}

std::string unknown_flags(const CLI::App& command, const std::vector<std::string>& typed) {
  const std::vector<std::string> known = flags_of(command);
  std::string flags;
  for (const std::string& argument : typed) {
    if (!argument.starts_with('-')) continue;
    const std::string flag = argument.substr(0, argument.find('='));
    flags += (flags.empty() ? "" : ", ") + flag;
    const std::string_view meant = nearest_of(flag, known);
    if (!meant.empty()) flags.append(" (did you mean ").append(meant).append("?)");
  }
  return flags;
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
    const std::string_view meant = nearest_of(*word, known);
    if (meant.empty()) return "there is no such command (`segment operations` lists all calls)";
    return "there is no command " + *word + "; did you mean " + std::string(meant) + "?";
  }
  const std::string flags = unknown_flags(command, typed);
  return flags.empty() ? "the command takes fewer arguments"
                       : "the command has no such flag: " + flags;
}

}  // namespace segment::cli
