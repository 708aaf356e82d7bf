#include "engine/call.hpp"

#include <algorithm>
#include <utility>

#include "engine/example.hpp"
#include "engine/pages.hpp"
#include "segment/schema.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

using detail::Kind;
using detail::Member;

// The parameters of a list whose response has no cursor.
constexpr std::string_view usual_count = "pagination.count";
constexpr std::string_view usual_cursor = "pagination.cursor";
constexpr std::int64_t usual_most = 1000;

std::size_t start_of_page(const Call& call) {
  const auto* paging = call.operation.paging;
  const std::string_view name = paging != nullptr ? paging->cursor : usual_cursor;
  const Json* cursor = query_parameter(call.query, name);
  if (cursor == nullptr) return 0;
  const std::string text = cursor->is_string() ? cursor->as_string() : cursor->dump();
  const auto offset = offset_of(text);
  if (!offset) throw invalid(std::string(name), "is not a cursor of this list");
  return *offset;
}

std::size_t size_of_page(const Call& call) {
  const auto* paging = call.operation.paging;
  const Json* count = query_parameter(call.query, paging != nullptr ? paging->count : usual_count);
  const auto most = static_cast<std::size_t>(
      std::max<std::int64_t>(1, paging != nullptr ? paging->max_count : usual_most));
  if (count == nullptr) return std::min(default_page_size, most);
  return static_cast<std::size_t>(count->as_integer());
}

std::string_view list_member(const Call& call) {
  const auto members = call.operation.data->members;
  const auto list = std::ranges::find_if(
      members, [](const Member& member) { return member.type->kind == Kind::list; });
  return list != members.end() ? list->name : members.front().name;
}

bool takes_pagination(const Call& call) {
  return call.operation.query != nullptr &&
         std::ranges::find(call.operation.query->members, "pagination", &Member::name) !=
             call.operation.query->members.end();
}

}  // namespace

const Json* query_parameter(const Json& query, std::string_view name) {
  const Json* place = &query;
  while (place != nullptr && !name.empty()) {
    const std::size_t dot = std::min(name.find('.'), name.size());
    place = place->find(name.substr(0, dot));
    name.remove_prefix(std::min(dot + 1, name.size()));
  }
  return place;
}

std::int64_t number_parameter(const Call& call, std::string_view name, std::int64_t otherwise) {
  const Json* given = query_parameter(call.query, name);
  return given != nullptr ? given->as_integer() : otherwise;
}

Json one(const Call& call, Json thing) {
  return Json::object({{std::string(call.operation.data->members.front().name), std::move(thing)}});
}

Json pagination(const Call& call, std::size_t start, std::size_t size, std::size_t total) {
  Json answer = Json::object({{"current", cursor_of(start)}});
  if (start + size < total) {
    answer["next"] = cursor_of(start + size);
  } else if (call.options.last_page == LastPage::says_next_is_null) {
    answer["next"] = nullptr;
  }
  answer["previous"] = start > 0 ? Json(cursor_of(start - std::min(start, size))) : Json();
  if (call.options.total_entries) answer["totalEntries"] = total;
  return answer;
}

Json page(const Call& call, const std::vector<Json>& things) {
  return page(call, things.size(), [&](std::size_t i) { return things[i]; });
}

Json page(const Call& call, std::size_t total, const std::function<Json(std::size_t)>& item) {
  // A list that the request cannot page is returned whole.
  const bool whole = call.operation.paging == nullptr && !takes_pagination(call);
  const std::size_t start = whole ? 0 : start_of_page(call);
  const std::size_t size = whole ? total : size_of_page(call);
  Json answer = Json::object();
  Json& items = answer[list_member(call)];
  items = Json::array();
  for (std::size_t i = start; i < total && i - start < size; ++i) items.push_back(item(i));
  if (call.operation.paging != nullptr) answer["pagination"] = pagination(call, start, size, total);
  return answer;
}

Json made_up_result(const Call& call) {
  if (call.operation.data == nullptr) return {};
  Json known = call.body.is_object() ? call.body : Json::object();
  known["workspaceId"] = call.world.workspace_id();
  const auto names = path_parameters(call.operation);
  for (std::size_t i = 0; i < names.size() && i < call.path.size(); ++i) {
    known[names[i]] = call.path[i];
  }
  return example(*call.operation.data, known);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
