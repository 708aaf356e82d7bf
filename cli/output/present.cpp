#include "output/present.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "operations/catalog.hpp"
#include "output/values.hpp"
#include "segment/schema.hpp"
#include "terminal/terminal.hpp"

namespace segment::cli {

namespace {

using Kind = Schema::Kind;

bool has_one_line(const Schema& type) {
  switch (type.kind()) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::number:
    case Kind::text:
      return true;
    case Kind::formatted_text:
      return !type.is_secret();
    default:
      return false;
  }
}

/// A member of an item, or of an object in it: `metadata`, `name`.
struct Column {
  std::string_view name;
  std::string_view inner{};

  [[nodiscard]] std::string heading() const {
    return shouted(inner.empty() ? std::string(name)
                                 : std::string(name) + "." + std::string(inner));
  }
  [[nodiscard]] const Json* value_in(const Json& item) const {
    const Json* value = item.find(name);
    return inner.empty() || value == nullptr || !value->is_object() ? value : value->find(inner);
  }
};

bool has_name(const Schema& type) {
  const auto name = type.kind() == Kind::object ? type.member("name") : std::nullopt;
  return name && name->schema.kind() == Kind::text;
}

bool holds_secrets(const Schema& type) { return type.element().value_or(type).is_secret(); }

// First simple values, in the API's order, and the names of objects. What is the same in every row
// comes after that, and what is not a simple value last: on a terminal, which cuts it off, or if
// there is hardly anything else.
std::vector<Column> columns_of(const Schema& item_type) {
  std::vector<Column> columns;
  std::vector<Column> same;
  std::vector<Column> objects;
  for (const SchemaMember& member : item_type.members()) {
    if (has_one_line(member.schema)) {
      (member.name == "workspaceId" ? same : columns).push_back({member.name});
    } else if (has_name(member.schema)) {
      columns.push_back({member.name, "name"});
    } else if (!holds_secrets(member.schema)) {
      objects.push_back({member.name});
    }
  }
  columns.insert(columns.end(), same.begin(), same.end());
  if (columns.size() < 2 || output_is_terminal()) {
    columns.insert(columns.end(), objects.begin(), objects.end());
  }
  return columns;
}

// Items that are not objects get one column for everything.
Table table_of(const Schema& item_type, const Json::Array& items) {
  Table table;
  const std::vector<Column> columns = columns_of(item_type);
  for (const Column& column : columns) table.headings.push_back(column.heading());
  if (columns.empty()) table.headings.emplace_back("ITEM");
  for (const Json& item : items) {
    auto& row = table.rows.emplace_back();
    for (const Column& column : columns) row.push_back(cell_of(column.value_in(item)));
    if (columns.empty()) row.push_back(cell_of(&item));
  }
  return table;
}

void say_how_to_see_more(const JsonResult& page) {
  if (!page.next_cursor) return;
  std::fputs("There are more pages: --all fetches them.\n", stderr);
}

}  // namespace

Json inner(const Operation& call, Json data) {
  const auto members = result_schema(call)->members();
  const auto resource = std::ranges::find(members, true, &SchemaMember::is_resource);
  if (resource == members.end() && members.size() != 1) return data;
  const std::string_view name = resource != members.end() ? resource->name : members[0].name;
  const Json* found = data.find(name);
  if (found == nullptr || !found->is_object()) return data;
  Json shown = *found;
  for (auto& [other, value] : data.as_object()) {
    if (other != name) shown[other] = std::move(value);
  }
  return shown;
}

void present_items(Output& output, const Operation& call, const Json::Array& items,
                   GrowingTable& table) {
  output.write(table.add(table_of(*list_in_result(call)->schema.element(), items)));
  output.flush();
}

void present_result(Output& output, const Operation& call, const JsonResult& result) {
  if (!result_schema(call)) return output.line("Done.");
  if (list_in_result(call)) {
    GrowingTable table(output_width());
    present_items(output, call, items_of(call, result.data), table);
    output.write(table.end());
    output.flush();
    return say_how_to_see_more(result);
  }
  const Json shown = inner(call, result.data);
  if (!shown.is_object()) return output.line(json_text(shown, 2));
  output.write(members_of(shown).text(output_width()));
}

}  // namespace segment::cli
