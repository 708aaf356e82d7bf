#include "output/values.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "operations/catalog.hpp"
#include "output/csv.hpp"
#include "output/yaml.hpp"
#include "segment/helpers/text.hpp"
#include "terminal/table.hpp"
#include "terminal/terminal.hpp"

namespace segment::cli {

namespace {

bool is_branch(const Json& value) { return value.is_array() || value.is_object(); }

// Different from the text "null".
std::string text_of(const Json& value) { return cell_of(&value); }

std::string csv_text(const Json& value) { return value.is_null() ? std::string() : text_of(value); }

bool is_list_of_objects(const Json& value) {
  return value.is_array() && !value.empty() &&
         std::ranges::all_of(value.as_array(), [](const Json& item) { return item.is_object(); });
}

// Without the columns in which some item has a list or an object.
std::vector<std::string> simple_columns(const Json::Array& items) {
  std::vector<std::string> columns = columns_in(items);
  const auto has_branches = [&](const std::string& column) {
    return std::ranges::any_of(items, [&](const Json& item) {
      const Json* value = item.find(column);
      return value != nullptr && is_branch(*value);
    });
  };
  std::vector<std::string> simple;
  std::ranges::copy_if(columns, std::back_inserter(simple),
                       [&](const auto& column) { return !has_branches(column); });
  return simple.empty() ? columns : simple;
}

Table rows_of(const Json::Array& items) {
  const std::vector<std::string> columns = simple_columns(items);
  Table table;
  for (const std::string& column : columns) table.headings.push_back(shouted(column));
  for (const Json& item : items) {
    auto& row = table.rows.emplace_back();
    for (const std::string& column : columns) row.push_back(cell_of(item.find(column)));
  }
  return table;
}

void print_for_people(Output& output, const Json& value) {
  if (is_list_of_objects(value)) {
    output.write(rows_of(value.as_array()).text(output_width()));
  } else if (value.is_array()) {
    for (const Json& element : value.as_array()) output.line(one_line(text_of(element)));
  } else if (value.is_object()) {
    output.write(members_of(value).text(output_width()));
  } else {
    output.line(output_is_terminal() ? one_line(text_of(value)) : text_of(value));
  }
}

void print_csv(Output& output, const Json& value) {
  if (value.is_object()) return print_csv(output, Json::array({value}));
  if (!value.is_array()) return output.write(csv_line({csv_text(value)}));
  if (!is_list_of_objects(value)) {
    for (const Json& element : value.as_array()) output.write(csv_line({csv_text(element)}));
    return;
  }
  const std::vector<std::string> columns = columns_in(value.as_array());
  output.write(csv_line(columns));
  for (const Json& item : value.as_array()) output.write(csv_line_of(item, columns));
}

// `\u009b`.
std::string escape_of(unsigned char code) {
  std::array<char, 8> escape{};
  std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(code));
  return escape.data();
}

}  // namespace

// JSON itself escapes what is below a space; DEL and U+0080 to U+009F are left. In UTF-8 the latter
// are C2 and a second byte.
std::string json_text(const Json& value, int indent) {
  std::string json = value.dump(indent);
  if (!output_is_terminal()) return json;
  std::string text;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const auto byte = static_cast<unsigned char>(json[i]);
    const auto next = static_cast<unsigned char>(i + 1 < json.size() ? json[i + 1] : ' ');
    if (byte == 0xC2U && next >= 0x80U && next < 0xA0U) {
      text += escape_of(next);
      ++i;
    } else if (byte == 0x7FU) {
      text += escape_of(byte);
    } else {
      text += json[i];
    }
  }
  return text;
}

void print_value(Output& output, Format format, const Json& value) {
  switch (format) {
    case Format::table:
      return print_for_people(output, value);
    case Format::json:
      return output.line(json_text(value));
    case Format::jsonl:
      if (!value.is_array()) return output.line(json_text(value));
      for (const Json& element : value.as_array()) output.line(json_text(element));
      return;
    case Format::csv:
      return print_csv(output, value);
    case Format::yaml:
      return output.write(yaml_text(value));
  }
}

}  // namespace segment::cli
