#include "output/present.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/describe_members.hpp"
#include "operations/catalog.hpp"
#include "terminal/terminal.hpp"

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

// What stands in `{"source": {…}}` is of more interest than that it is a source; what the response
// has beside it comes behind its members.
Json inner(const Operation& call, Json data) {
  const auto members = call.data->members;
  const auto resource =
      std::ranges::find(members, detail::Presence::base, &detail::Member::presence);
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

void say_how_to_see_more(const Operation& call, const Returned& page) {
  if (call.paging == nullptr || !call.paging->next(page.object.get())) return;
  std::fputs("There are more pages: --all fetches them.\n", stderr);
}

}  // namespace

void present_items(Output& output, const Operation& call, const Json::Array& items,
                   GrowingTable& table) {
  output.write(table.add(table_of(*list_member(call)->type->element, items)));
  output.flush();
}

void present_result(Output& output, const Operation& call, const Returned& returned) {
  if (call.data == nullptr) return output.line("Done.");
  if (list_member(call) != nullptr) {
    GrowingTable table(output_width());
    present_items(output, call, items_of(call, returned.data), table);
    return say_how_to_see_more(call, returned);
  }
  const Json shown = inner(call, returned.data);
  if (!shown.is_object()) return output.line(shown.dump(2));
  output.write(members_of(shown).text(output_width()));
}

}  // namespace segment::cli
