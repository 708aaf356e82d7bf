#include "output/csv.hpp"

#include <algorithm>
#include <string_view>

#include "segment/helpers/text.hpp"
#include "terminal/terminal.hpp"

namespace segment::cli {

namespace {

std::string csv_cell(std::string_view text) {
  const bool is_plain =
      text.find_first_of("\",\r\n") == text.npos && !text.starts_with(' ') && !text.ends_with(' ');
  if (is_plain) return std::string(text);
  std::string cell = "\"";
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell += '"';
}

std::string csv_value(const Json* value) {
  if (value == nullptr || value->is_null()) return {};
  return value->is_string() ? value->as_string() : value->dump();
}

}  // namespace

std::string csv_line(const std::vector<std::string>& cells) {
  const bool is_terminal = output_is_terminal();
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    line += i == 0 ? "" : ",";
    line += csv_cell(is_terminal ? one_line(cells[i]) : cells[i]);
  }
  return line += "\r\n";
}

std::string csv_line_of(const Json& item, const std::vector<std::string>& columns) {
  std::vector<std::string> cells;
  for (const std::string& column : columns) cells.push_back(csv_value(item.find(column)));
  return csv_line(cells);
}

std::vector<std::string> columns_in(const Json::Array& items) {
  std::vector<std::string> columns;
  for (const Json& item : items) {
    if (!item.is_object()) continue;
    for (const auto& [name, value] : item.as_object()) {
      if (std::ranges::find(columns, name) == columns.end()) columns.push_back(name);
    }
  }
  return columns;
}

}  // namespace segment::cli
