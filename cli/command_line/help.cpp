#include "command_line/help.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "terminal/columns.hpp"

namespace segment::cli {

namespace {

constexpr std::size_t help_width = 80;
constexpr std::size_t help_column = 26;
constexpr std::string_view last_group = "Options";

void append_paragraph(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    // What is laid out in columns is so already.
    out += line.starts_with(' ') ? std::string(line) : wrapped(line, help_width, 0, 0);
    out += '\n';
  }
}

void append_entry(std::string& out, const std::string& name, const std::string& text) {
  const std::string start = "  " + name;
  std::size_t taken = columns_of(start);
  out += start;
  if (!text.empty() && taken + 2 > help_column) {
    out += '\n';
    taken = 0;
  }
  if (!text.empty()) {
    out.append(help_column - taken, ' ');
    out += wrapped(text, help_width, help_column, help_column);
  }
  out += '\n';
}

std::string option_text(const CLI::Option& option) {
  if (option.get_positional()) return option.get_name(true);
  std::string name;
  for (const std::string& letter : option.get_snames()) name += "-" + letter + ", ";
  for (const std::string& word : option.get_lnames()) name += "--" + word;
  const std::string type = option.get_type_name();
  return option.get_type_size() == 0 || type.empty() ? name : name + " " + type;
}

std::vector<const CLI::Option*> positionals_of(const CLI::App& command) {
  return command.get_options([](const CLI::Option* option) { return option->get_positional(); });
}

void append_options(std::string& out, std::string_view title,
                    const std::vector<const CLI::Option*>& options) {
  if (options.empty()) return;
  out.append("\n").append(title).append(":\n");
  for (const CLI::Option* option : options) {
    append_entry(out, option_text(*option), option->get_description());
  }
}

void append_group(std::string& out, const CLI::App& command, std::string_view group) {
  append_options(out, group, command.get_options([group](const CLI::Option* option) {
    return option->nonpositional() && option->get_group() == group;
  }));
}

// What is required comes first, and last what every command has.
void append_groups(std::string& out, const CLI::App& command) {
  append_options(out, "Arguments", positionals_of(command));
  std::vector<std::string> groups = command.get_groups();
  std::stable_partition(groups.begin(), groups.end(),
                        [](const std::string& name) { return name.ends_with(")"); });
  for (const std::string& group : groups) {
    if (!group.empty() && group != last_group) append_group(out, command, group);
  }
  append_group(out, command, last_group);
}

void append_commands(std::string& out, const CLI::App& command) {
  std::vector<std::string> groups;
  const auto all = command.get_subcommands([](const CLI::App*) { return true; });
  for (const CLI::App* each : all) {
    const std::string& group = each->get_group();
    if (std::ranges::find(groups, group) == groups.end()) groups.push_back(group);
  }
  for (const std::string& group : groups) {
    out += "\n" + group + ":\n";
    for (const CLI::App* each : all) {
      if (each->get_group() == group) append_entry(out, each->get_name(), each->get_description());
    }
  }
}

std::string usage_of(const CLI::App& command, const std::string& name) {
  std::string usage = name;
  for (const CLI::Option* argument : positionals_of(command)) {
    usage += " " + argument->get_name(true);
  }
  usage += " [OPTIONS]";
  if (command.get_require_subcommand_min() > 0) usage += " COMMAND";
  return usage;
}

}  // namespace

std::string Help::make_help(const CLI::App* command, std::string name,
                            CLI::AppFormatMode /*mode*/) const {
  std::string out;
  append_paragraph(out, command->get_description());
  out += "\nUsage: " + wrapped(usage_of(*command, name), help_width, 9, 7) + "\n";
  append_groups(out, *command);
  append_commands(out, *command);
  if (!command->get_footer().empty()) out += '\n';
  append_paragraph(out, command->get_footer());
  return out;
}

}  // namespace segment::cli
