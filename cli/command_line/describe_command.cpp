#include "command_line/describe_command.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "command_line/late_command.hpp"

namespace segment::cli {

namespace {

HelpEntry entry_of(const CLI::Option& option) {
  if (option.get_positional()) {
    return {option.get_name(true), option.get_name(true), option.get_description()};
  }
  HelpEntry entry{.text = option.get_description()};
  for (const std::string& word : option.get_lnames()) entry.name += "--" + word;
  for (const std::string& letter : option.get_snames()) entry.with_value += "-" + letter + ", ";
  entry.with_value += entry.name;
  const std::string type = option.get_type_name();
  if (option.get_type_size() != 0 && !type.empty()) entry.with_value += " " + type;
  return entry;
}

std::vector<const CLI::Option*> positionals_of(const CLI::App& command) {
  make_whole(command);
  return command.get_options([](const CLI::Option* option) { return option->get_positional(); });
}

void add_group(std::vector<HelpGroup>& groups, std::string title,
               const std::vector<const CLI::Option*>& options) {
  if (options.empty()) return;
  HelpGroup& group = groups.emplace_back(HelpGroup{.title = std::move(title)});
  for (const CLI::Option* option : options) group.entries.push_back(entry_of(*option));
}

void add_options(std::vector<HelpGroup>& groups, const CLI::App& command,
                 const std::string& title) {
  add_group(groups, title, command.get_options([&](const CLI::Option* option) {
    return option->nonpositional() && option->get_group() == title;
  }));
}

void add_commands(std::vector<HelpGroup>& groups, const CLI::App& command) {
  const std::size_t first = groups.size();
  for (const CLI::App* each : shown_commands(command)) {
    std::string title = each->get_group();
    if (title == "Subcommands") title = "Commands";  // what the parser calls those of no group
    const auto same = [&](const HelpGroup& group) { return group.title == title; };
    auto group =
        std::find_if(groups.begin() + static_cast<std::ptrdiff_t>(first), groups.end(), same);
    if (group == groups.end()) {
      group = groups.insert(groups.end(), HelpGroup{.title = title, .are_commands = true});
    }
    group->entries.push_back({each->get_name(), each->get_name(), each->get_description()});
  }
}

}  // namespace

std::vector<HelpGroup> entries_of(const CLI::App& command) {
  std::vector<HelpGroup> groups;
  add_group(groups, "Arguments", positionals_of(command));
  // First what has to be typed.
  for (const bool is_required : {true, false}) {
    for (const std::string& title : command.get_groups()) {
      if (title.empty() || title == common_options || title.ends_with(")") != is_required) continue;
      add_options(groups, command, title);
    }
  }
  add_options(groups, command, common_options);
  add_commands(groups, command);
  return groups;
}

std::vector<const CLI::App*> all_commands(const CLI::App& command) {
  return command.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<const CLI::App*> shown_commands(const CLI::App& command) {
  return command.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); });
}

const CLI::App* command_called(const CLI::App& command, const std::string& name) {
  const auto found =
      command.get_subcommands([&](const CLI::App* each) { return each->get_name() == name; });
  if (found.empty()) return nullptr;
  make_whole(*found.front());
  return found.front();
}

std::vector<std::string> flags_of(const CLI::App& command) {
  make_whole(command);
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string in_usage(const CLI::Option& argument) {
  const std::string name = argument.get_name(true);
  return argument.get_required() ? name : "[" + name + "]";
}

bool takes_a_value(const CLI::Option& option) { return option.get_items_expected_min() > 0; }

std::string usage_of(const CLI::App& command, const std::string& name) {
  std::string usage = name;
  for (const CLI::Option* argument : positionals_of(command)) usage += " " + in_usage(*argument);
  usage += " [OPTIONS]";
  if (command.get_require_subcommand_min() > 0) usage += " COMMAND";
  return usage;
}

}  // namespace segment::cli
