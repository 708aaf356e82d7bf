#include "present.hpp"

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog.hpp"
#include "json/describe_values.hpp"
#include "secrets.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace segment::cli {

namespace {

using detail::Kind;

bool has_one_line(const detail::Type& type) {
  switch (type.kind) {
    case Kind::boolean:
    case Kind::integer:
    case Kind::number:
    case Kind::text:
      return true;
    case Kind::text_like:
      return &type != &detail::Describe<WriteKey>::type;
    default:
      return false;
  }
}

std::string cell_of(const Json* value) {
  if (value == nullptr || value->is_null()) return "-";
  return value->is_string() ? value->as_string() : value->dump();
}

// A column for each member of an item that has one simple value, in the API's order; of items of
// another kind one column with all of it.
Table table_of(const detail::Type& item_type, const Json::Array& items) {
  Table table;
  std::vector<std::string_view> names;
  for (const detail::Member& member : item_type.members) {
    if (!has_one_line(*member.type)) continue;
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

Table members_of(const Json& object) {
  Table table{.headings = {"MEMBER", "VALUE"}};
  for (const auto& [name, value] : object.as_object())
    table.rows.push_back({name, cell_of(&value)});
  return table;
}

// What stands in `{"source": {…}}` is of more interest than that it is a source.
const Json& inner(const Json& data) {
  const bool wraps = data.is_object() && data.size() == 1 && data.as_object()[0].value.is_object();
  return wraps ? data.as_object()[0].value : data;
}

void say_how_to_see_more(const detail::CallTable& call, const void* page) {
  if (call.paging == nullptr || !call.paging->next(page)) return;
  std::fputs("There are more pages: --all walks them.\n", stderr);
}

}  // namespace

void present_items(Output& output, const detail::CallTable& call, const Json::Array& items) {
  const detail::Type& item_type = *list_member(call)->type->element;
  Json::Array shown = items;
  for (Json& item : shown) take_secrets_out(item_type, item);
  output.write(table_of(item_type, shown).text(output_width()));
}

void present_result(Output& output, const detail::CallTable& call, const void* result) {
  if (call.data == nullptr) return output.line("Done.");
  if (list_member(call) != nullptr) {
    present_items(output, call, items_json(call, result));
    return say_how_to_see_more(call, result);
  }
  Json data = result_json(call, result);
  take_secrets_out(*call.data, data);
  const Json& shown = inner(data);
  if (!shown.is_object()) return output.line(shown.dump(2));
  output.write(members_of(shown).text(output_width()));
}

}  // namespace segment::cli
