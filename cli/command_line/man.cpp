#include "command_line/man.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "command_line/describe_command.hpp"
#include "segment/version.hpp"

namespace segment::cli {

namespace {

// As text: no character of it is a command.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if ((out.empty() || out.ends_with('\n')) && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

std::string capitals(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

void append_heading(std::string& out, std::string_view heading) {
  out.append(".SH ").append(heading).append("\n");
}

void append_entry(std::string& out, const HelpEntry& entry) {
  out += ".TP\n\\fB" + roff(entry.with_value) + "\\fR\n";
  if (!entry.text.empty()) out += roff(entry.text) + "\n";
}

// Text in columns stays as it is.
void append_text(std::string& out, std::string_view text) {
  bool laid_out = false;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with(' ') != laid_out) {
      out += laid_out ? ".fi\n" : ".nf\n";
      laid_out = !laid_out;
    }
    out += line.empty() ? ".PP\n" : roff(line) + "\n";
  }
  if (laid_out) out += ".fi\n";
}

void append_usage(std::string& out, const CLI::App& command, const std::string& name) {
  const std::string usage = usage_of(command, name);
  out += "\\fB" + roff(name) + "\\fR" + roff(usage.substr(name.size())) + "\n";
}

using Options = std::vector<HelpEntry>;

// The options that every command has are listed only once in the page.
void collect(Options& options, std::set<std::string>& known, const HelpGroup& group) {
  for (const HelpEntry& entry : group.entries) {
    if (known.insert(entry.name).second) options.push_back(entry);
  }
}

void append_commands(std::string& out, const CLI::App& command, const std::string& name,
                     Options& options, std::set<std::string>& known) {
  for (const CLI::App* each : shown_commands(command)) {
    const std::string full = name + " " + each->get_name();
    out += ".SS \"" + roff(full) + "\"\n";
    append_usage(out, *each, full);
    out += ".PP\n";
    append_text(out, each->get_description());
    for (const HelpGroup& group : entries_of(*each)) {
      if (group.are_commands) continue;
      if (group.title == common_options) {
        collect(options, known, group);
      } else {
        for (const HelpEntry& entry : group.entries) append_entry(out, entry);
      }
    }
    append_commands(out, *each, full, options, known);
  }
}

bool is_program(const CLI::App& command) { return command.get_parent() == nullptr; }

void append_see_also(std::string& out, const CLI::App& command) {
  append_heading(out, "SEE ALSO");
  if (!is_program(command)) {
    out += "\\fBsegment\\fR(1)\n";
    return;
  }
  std::string pages;
  for (const CLI::App* each : shown_commands(command)) {
    pages += pages.empty() ? "" : ",\n";
    pages += "\\fB" + roff(man_name("segment " + each->get_name())) + "\\fR(1)";
  }
  out += pages + "\n";
}

}  // namespace

std::string man_name(const std::string& name) {
  std::string page = name;
  std::ranges::replace(page, ' ', '-');
  return page;
}

std::string man_page(const CLI::App& command, const std::string& name) {
  std::string out = "." + std::string("TH \"") + capitals(roff(man_name(name))) +
                    "\" 1 \"\" \"segment " SEGMENT_PUBLIC_API_VERSION "\" \"Segment Public API\"\n";
  append_heading(out, "NAME");
  const std::string description = command.get_description();
  out +=
      roff(man_name(name)) + " \\- " + roff(description.substr(0, description.find('\n'))) + "\n";
  append_heading(out, "SYNOPSIS");
  append_usage(out, command, name);
  Options options;
  std::set<std::string> known;
  std::string commands;
  if (!is_program(command)) append_commands(commands, command, name, options, known);
  std::string arguments;
  for (const HelpGroup& group : entries_of(command)) {
    if (group.title == common_options) {
      collect(options, known, group);
    } else if (!group.are_commands || is_program(command)) {
      append_heading(arguments, "\"" + capitals(group.title) + "\"");
      for (const HelpEntry& entry : group.entries) append_entry(arguments, entry);
    }
  }
  out += arguments;
  if (!commands.empty()) append_heading(out, "COMMANDS");
  out += commands;
  append_heading(out, "OPTIONS");
  for (const HelpEntry& entry : options) append_entry(out, entry);
  if (!command.get_footer().empty()) {
    append_heading(out, "NOTES");
    append_text(out, command.get_footer());
  }
  append_see_also(out, command);
  return out;
}

}  // namespace segment::cli
