#include "terminal/plot.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>
#include <string_view>

#include "terminal/columns.hpp"

namespace segment::cli {

namespace {

constexpr std::size_t shortest_bar = 10;
constexpr std::size_t longest_bar = 60;

std::int64_t sum_of(const Bar& bar) {
  return std::accumulate(bar.parts.begin(), bar.parts.end(), std::int64_t{0});
}

// Rounded up, so that a few of very many still show.
std::size_t length_of(std::int64_t count, std::int64_t most, std::size_t room) {
  if (count <= 0 || most <= 0) return 0;
  const double share = static_cast<double>(count) / static_cast<double>(most);
  return std::max<std::size_t>(1, static_cast<std::size_t>(share * static_cast<double>(room)));
}

void append_padded(std::string& text, std::string_view part, std::size_t columns) {
  text += part;
  text.append(columns - std::min(columns, columns_of(part)), ' ');
}

}  // namespace

std::string look_of_part(std::size_t part, bool blocks) {
  constexpr std::array<std::string_view, 3> full = {"\u2588", "\u2592", "\u2591"};
  constexpr std::array<std::string_view, 3> ascii = {"#", "x", "."};
  return std::string((blocks ? full : ascii)[part % full.size()]);
}

std::string plot(const std::vector<Bar>& bars, std::size_t width, bool blocks) {
  std::size_t label = 0;
  std::size_t behind = 0;
  std::int64_t most = 0;
  for (const Bar& bar : bars) {
    label = std::max(label, columns_of(bar.label));
    behind = std::max(behind, columns_of(bar.text));
    most = std::max(most, sum_of(bar));
  }
  const std::size_t taken = label + behind + 4;
  const std::size_t room = std::clamp(width > taken ? width - taken : 0, shortest_bar, longest_bar);
  std::string text;
  for (const Bar& bar : bars) {
    append_padded(text, bar.label, label + 2);
    std::string drawn;
    for (std::size_t i = 0; i < bar.parts.size(); ++i) {
      const std::size_t left = room - std::min(room, columns_of(drawn));
      const std::size_t length = std::min(left, length_of(bar.parts[i], most, room));
      for (std::size_t column = 0; column < length; ++column) drawn += look_of_part(i, blocks);
    }
    append_padded(text, drawn, room + 2);
    text += bar.text + '\n';
  }
  return text;
}

// As setlocale would read it: the first that is set decides.
bool output_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    std::string locale(value);
    std::ranges::transform(locale, locale.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
  }
  return false;
}

}  // namespace segment::cli
