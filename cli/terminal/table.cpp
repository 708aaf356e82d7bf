#include "terminal/table.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string_view>

#include "segment/helpers/text.hpp"
#include "terminal/colour.hpp"
#include "terminal/columns.hpp"

namespace segment::cli {

namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t longest_cut_cell = 40;
constexpr std::size_t unbounded = std::numeric_limits<std::size_t>::max();

std::string cut(std::string_view text, std::size_t most) {
  if (columns_of(text) <= most) return std::string(text);
  return std::string(fitting(text, most - 1)) + "\u2026";
}

// Texts of a server must not control the terminal.
std::string harmless(std::string text) { return one_line(std::move(text)); }

using Widths = std::vector<std::size_t>;

Widths measure(const Table& table, std::size_t longest) {
  Widths widths;
  for (std::size_t i = 0; i < table.headings.size(); ++i) {
    std::size_t widest = columns_of(table.headings[i]);
    for (const auto& row : table.rows) widest = std::max(widest, columns_of(row[i]));
    widths.push_back(std::min(widest, longest));
  }
  return widths;
}

std::size_t total(const Widths& widths) {
  std::size_t sum = 0;
  for (const std::size_t width : widths) sum += width + gap;
  return sum - gap;
}

Widths fit(const Table& table, std::size_t width) {
  constexpr std::size_t narrowest = 4;
  constexpr std::size_t worth_a_cut = 16;
  Widths widths = measure(table, unbounded);
  if (total(widths) <= width) return widths;
  // Names without their values would be useless.
  if (widths.size() == 2 && widths[0] + gap + narrowest <= width) {
    widths[1] = std::min(widths[1], width - widths[0] - gap);
    return widths;
  }
  widths = measure(table, longest_cut_cell);
  std::size_t first_gone = unbounded;  // its width
  while (widths.size() > 1 && total(widths) > width) {
    first_gone = widths.back();
    widths.pop_back();
  }
  const std::size_t taken = total(widths) + gap;
  if (first_gone != unbounded && taken + worth_a_cut <= width) {
    widths.push_back(std::min(first_gone, width - taken));
  }
  return widths;
}

void append_row(std::string& out, const Widths& widths, const std::vector<std::string>& cells,
                bool may_cut) {
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const std::string cell = cut(harmless(cells[i]), may_cut ? widths[i] : unbounded);
    out += cell;
    const std::size_t length = std::min(columns_of(cell), widths[i]);
    const bool is_last = i + 1 == widths.size();
    out.append(is_last ? 0 : widths[i] - length + gap, ' ');
  }
  while (out.ends_with(' ')) out.pop_back();
  out += '\n';
}

}  // namespace

std::string cell_of(const Json* value) {
  if (value == nullptr) return "-";
  if (value->is_null()) return "(null)";
  return value->is_string() ? value->as_string() : value->dump();
}

Table members_of(const Json& object) {
  Table table{.headings = {"MEMBER", "VALUE"}};
  for (const auto& [name, value] : object.as_object()) {
    table.rows.push_back({name, cell_of(&value)});
  }
  return table;
}

std::string Table::text(std::size_t width) const {
  GrowingTable table(width);
  const std::string body = table.add(*this);
  return body + table.end();
}

std::string GrowingTable::add(const Table& part) {
  if (part.headings.empty()) return {};
  const bool may_cut = width_ != unbounded;
  std::string out;
  if (columns_.empty()) {
    columns_ = fit(part, width_);
    left_out_.assign(part.headings.begin() + static_cast<std::ptrdiff_t>(columns_.size()),
                     part.headings.end());
    std::string headings;
    append_row(headings, columns_, part.headings, true);
    headings.pop_back();
    out += coloured(headings, Colour::bold, Stream::output) + '\n';
  }
  for (const auto& row : part.rows) append_row(out, columns_, row, may_cut);
  return out;
}

std::string GrowingTable::end() const {
  if (left_out_.empty()) return {};
  std::string names;
  for (const std::string& name : left_out_) names += (names.empty() ? "" : ", ") + name;
  return coloured(wrapped("These columns do not fit: " + names + ". --output yaml shows them.",
                          width_, 0, 0),
                  Colour::dim, Stream::output) +
         '\n';
}

}  // namespace segment::cli
