#include "table.hpp"

#include <algorithm>
#include <string_view>

#include "call/message_text.hpp"

namespace segment::cli {

namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t longest_cut_cell = 40;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// Characters, not bytes; wide ones are not told apart.
std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return !continues_character(c); }));
}

std::string cut(std::string_view text, std::size_t most) {
  if (length_of(text) <= most) return std::string(text);
  std::size_t end = 0;
  for (std::size_t characters = 0; end < text.size(); ++end) {
    if (!continues_character(text[end]) && ++characters == most) break;
  }
  return std::string(text.substr(0, end)) + "\u2026";
}

// What a server sent must not be able to steer the terminal.
std::string harmless(std::string text) { return detail::one_line(std::move(text)); }

class Layout {
 public:
  Layout(const Table& table, std::size_t width) : table_(table) {
    measure(static_cast<std::size_t>(-1));
    if (total() > width) measure(longest_cut_cell);
    while (widths_.size() > 1 && total() > width) widths_.pop_back();
  }

  void append(std::string& out, const std::vector<std::string>& cells) const {
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      const std::string cell = cut(harmless(cells[i]), widths_[i]);
      out += cell;
      const bool last = i + 1 == widths_.size();
      out.append(last ? 0 : widths_[i] - length_of(cell) + gap, ' ');
    }
    while (out.ends_with(' ')) out.pop_back();
    out += '\n';
  }

 private:
  void measure(std::size_t longest) {
    widths_.clear();
    for (std::size_t i = 0; i < table_.headings.size(); ++i) {
      std::size_t widest = length_of(table_.headings[i]);
      for (const auto& row : table_.rows) widest = std::max(widest, length_of(row[i]));
      widths_.push_back(std::min(widest, longest));
    }
  }

  [[nodiscard]] std::size_t total() const {
    std::size_t sum = 0;
    for (const std::size_t width : widths_) sum += width + gap;
    return sum - gap;
  }

  const Table& table_;
  std::vector<std::size_t> widths_;
};

}  // namespace

std::string Table::text(std::size_t width) const {
  if (headings.empty()) return {};
  const Layout layout(*this, width);
  std::string out;
  layout.append(out, headings);
  for (const auto& row : rows) layout.append(out, row);
  return out;
}

}  // namespace segment::cli
