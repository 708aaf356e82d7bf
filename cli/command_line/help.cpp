#include "command_line/help.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "command_line/describe_command.hpp"
#include "terminal/colour.hpp"
#include "terminal/columns.hpp"
#include "terminal/terminal.hpp"

namespace segment::cli {

namespace {

constexpr std::size_t screen = 23;  // lines, and one for the next prompt

// As wide as the terminal, as far as lines are good to read.
std::size_t help_width() {
  static const std::size_t width = std::clamp<std::size_t>(output_width(), 40, 80);
  return width;
}

// The column where the sentences begin, after the names.
std::size_t help_column() { return help_width() < 60 ? 8 : 26; }

std::string title_text(const std::string& title) {
  return coloured(title + ":", Colour::bold, Stream::output);
}

// All of it ---------------------------------------------------------------------------------------

void append_paragraph(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    // Text in columns is already laid out.
    out += line.starts_with(' ') ? std::string(line) : wrapped(line, help_width(), 0, 0);
    out += '\n';
  }
}

void append_entry(std::string& out, const std::string& name, const std::string& text) {
  const std::string start = "  " + name;
  std::size_t taken = columns_of(start);
  out += start;
  if (!text.empty() && taken + 2 > help_column()) {
    out += '\n';
    taken = 0;
  }
  if (!text.empty()) {
    out.append(help_column() - taken, ' ');
    out += wrapped(text, help_width(), help_column(), help_column());
  }
  out += '\n';
}

std::string whole_help(const CLI::App& command, const std::string& name) {
  std::string out;
  append_paragraph(out, command.get_description());
  out += "\n" + title_text("Usage") + " " + wrapped(usage_of(command, name), help_width(), 9, 7);
  out += '\n';
  for (const HelpGroup& group : entries_of(command)) {
    out += "\n" + title_text(group.title) + "\n";
    for (const HelpEntry& entry : group.entries) append_entry(out, entry.with_value, entry.text);
  }
  if (!command.get_footer().empty()) out += '\n';
  append_paragraph(out, command.get_footer());
  return out;
}

// A screen of it ----------------------------------------------------------------------------------

std::string cut_line(std::string_view text, std::size_t columns) {
  text = text.substr(0, text.find('\n'));
  if (columns_of(text) <= columns) return std::string(text);
  std::string_view begun = fitting(text, columns - 1);
  begun = begun.substr(0, std::min(begun.find_last_of(' '), begun.size()));
  return std::string(begun) + "\u2026";
}

std::string line_of(const HelpEntry& entry) {
  std::string line = "  " + entry.with_value;
  if (columns_of(line) + 2 > help_column()) line += "  ";
  line.append(help_column() - std::min(help_column(), columns_of(line)), ' ');
  const std::size_t taken = columns_of(line);
  if (taken + 12 < help_width()) line += cut_line(entry.text, help_width() - taken);
  while (line.ends_with(' ')) line.pop_back();
  return line + "\n";
}

// The title and the names after it.
std::string names_of(const HelpGroup& group) {
  std::string names;
  for (const HelpEntry& entry : group.entries) names += (names.empty() ? "" : ", ") + entry.name;
  return title_text(group.title) + " " + wrapped(names, help_width(), 2, group.title.size() + 2) +
         "\n";
}

// What has to be typed.
bool is_required(const HelpGroup& group) {
  return group.title.ends_with(")") || group.title == "Arguments";
}

/// What is reduced to names, step by step, if the screen is too small.
bool is_folded(const HelpGroup& group, int step) {
  if (group.title == common_options) return step >= 1;
  if (is_required(group)) return step >= 5;
  constexpr std::size_t fewest[] = {1000, 1000, 12, 6, 2, 0};
  return group.entries.size() >= fewest[step];
}

std::string first_sentences(std::string_view text, std::size_t lines) {
  std::string out;
  append_paragraph(out, text);
  std::size_t end = 0;
  for (std::size_t i = 0; i < lines && end < out.size(); ++i) end = out.find('\n', end) + 1;
  if (end >= out.size()) return out;
  const std::size_t last = out.rfind('\n', end - 2) + 1;  // the first line has none in front
  const std::string line = out.substr(last, end - 1 - last);
  const bool has_room = columns_of(line) < help_width();
  return out.substr(0, last) + (has_room ? line + "\u2026" : cut_line(line + " ", help_width())) +
         "\n";
}

/// Which sentences are cut to one line.
enum class Cut : std::uint8_t { none, optional, all };

void append_group(std::string& out, const HelpGroup& group, Cut cut) {
  out += title_text(group.title) + "\n";
  const bool is_whole = cut == Cut::none || (cut == Cut::optional && is_required(group));
  for (const HelpEntry& entry : group.entries) {
    if (is_whole) {
      append_entry(out, entry.with_value, entry.text);
    } else {
      out += line_of(entry);
    }
  }
}

std::string help_folded(const CLI::App& command, const std::string& name, int step, Cut cut) {
  std::string out = first_sentences(command.get_description(), step < 4 ? 3 : 1);
  out += title_text("Usage") + " " + wrapped(usage_of(command, name), help_width(), 9, 7) + "\n";
  bool follows_names = false;
  for (const HelpGroup& group : entries_of(command)) {
    const bool is_short = is_folded(group, step);
    if (!is_short || !follows_names) out += '\n';
    follows_names = is_short;
    if (is_short) {
      out += names_of(group);
      continue;
    }
    append_group(out, group, cut);
  }
  out += '\n';
  if (step < 3 && std::ranges::count(command.get_footer(), '\n') < 4) {
    append_paragraph(out, command.get_footer());
  }
  return out + "All of it: --help --all\n";
}

std::string short_help(const CLI::App& command, const std::string& name) {
  const auto fits = [](const std::string& text) {
    return std::cmp_less_equal(std::ranges::count(text, '\n'), screen);
  };
  std::string text;
  // What has to be typed is said in full before the rest is more than names.
  for (int step = 0; step <= 4; ++step) {
    for (const Cut cut : {Cut::none, Cut::optional}) {
      text = help_folded(command, name, step, cut);
      if (fits(text)) return text;
    }
  }
  for (int step = 0; step <= 5; ++step) {
    text = help_folded(command, name, step, Cut::all);
    if (fits(text)) break;
  }
  return text;
}

}  // namespace

std::string Help::make_help(const CLI::App* command, std::string name,
                            CLI::AppFormatMode mode) const {
  return mode == CLI::AppFormatMode::All ? whole_help(*command, name) : short_help(*command, name);
}

}  // namespace segment::cli
