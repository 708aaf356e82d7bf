#include "terminal/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <string>

#include "segment/helpers/text.hpp"
#include "terminal/columns.hpp"
#include "terminal/terminal.hpp"

namespace segment::cli {

namespace {

constexpr std::size_t bar_width = 30;
constexpr auto clear_line = "\r\x1b[K";

}  // namespace

Progress::Progress(std::size_t steps)
    : steps_(std::max<std::size_t>(steps, 1)), visible_(error_is_terminal()) {}

Progress::~Progress() {
  if (visible_) std::fputs(clear_line, stderr);
}

void Progress::step(std::string_view name) {
  if (!visible_) return;
  const std::size_t full = std::min(bar_width, bar_width * done_ / steps_);
  std::string line = "[" + std::string(full, '#') + std::string(bar_width - full, '.') + "] ";
  line += std::to_string(++done_) + "/" + std::to_string(steps_) + " ";
  line += one_line(std::string(name));
  // A line that wraps is not cleared, and some terminals wrap a line that reaches the last column.
  std::fputs((clear_line + std::string(fitting(line, error_width() - 1))).c_str(), stderr);
}

ItemCount::ItemCount() : visible_(error_is_terminal() && !output_is_terminal()) {}

ItemCount::~ItemCount() {
  if (visible_) std::fputs(clear_line, stderr);
}

void ItemCount::add(std::size_t items) {
  items_ += items;
  if (visible_) std::fputs((clear_line + std::to_string(items_) + " items").c_str(), stderr);
}

}  // namespace segment::cli
