#include "output/present.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "operations/catalog.hpp"
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
    case Kind::word:
      return !type.is_secret();
    default:
      return false;
  }
}

// A column for each member of an item that has one simple value, in the API's order; of items of
// another kind one column with all of it.
Table table_of(const Schema& item_type, const Json::Array& items) {
  Table table;
  std::vector<std::string_view> names;
  for (const SchemaMember& member : item_type.members()) {
    if (!has_one_line(member.schema)) continue;
    names.push_back(member.name);
    table.headings.push_back(shouted(member.name));
  }
  if (names.empty()) table.headings.emplace_back("ITEM");
  for (const Json& item : items) {
    auto& row = table.rows.emplace_back();
    for (const std::string_view name : names) row.push_back(cell_of(item.find(name)));
    if (names.empty()) row.push_back(cell_of(&item));
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
  if (!shown.is_object()) return output.line(shown.dump(2));
  output.write(members_of(shown).text(output_width()));
}

}  // namespace segment::cli
