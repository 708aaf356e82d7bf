#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "operations/progress.hpp"
#include "operations/registry.hpp"
#include "operations/spaces.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

constexpr Resource filter_resource{.collection = names::space_filters, .what = "filter"};

constexpr std::int64_t largest_page = 10;

// The body names the space, as `integrationId`.
void check_space(Call& call) {
  const Json* space = call.given("integrationId");
  if (space == nullptr || spaces(call.world).contains(space->as_string())) return;
  throw invalid("integrationId", "names a space that does not exist");
}

void fill_space_filter(Call& call, Json& fresh) {
  check_space(call);
  fresh["workspaceId"] = call.world.workspace_id();
  fresh["enabled"] = false;
  fresh["drop"] = false;
  for (const auto& member : call.body.as_object()) fresh[member.name] = member.value;
  fresh["createdAt"] = time_text(call.now);
  fresh["updatedAt"] = time_text(call.now);
}

// Omitted members are unchanged: the API does not document what it does then.
void change_space_filter(Call& call, Json& filter) {
  check_space(call);
  merge_body(call, filter);
  filter["updatedAt"] = time_text(call.now);
}

Json remove_filter(Call& call) {
  static const Handler remove = remove_one(filter_resource);
  remove(call);
  return one(call, true);
}

// This is the only list whose cursors are numbers.
Json list_filters(Call& call) {
  const std::string& space = call.query.at("integrationId").as_string();
  if (!spaces(call.world).contains(space)) throw not_found(space_resource.what);
  const auto all = call.world.collection(filter_resource.collection).all([&](const Json& each) {
    return each.at("integrationId") == space;
  });
  const auto total = static_cast<std::int64_t>(all.size());
  const std::int64_t start = number_parameter(call, "pagination.cursor", 0);
  const std::int64_t size = number_parameter(call, "pagination.count", largest_page);
  if (start < 0) throw invalid("pagination.cursor", "is not a cursor of this list");
  Json items = Json::array();
  for (std::int64_t i = start; i < total && i - start < size; ++i) {
    items.push_back(all[static_cast<std::size_t>(i)]);
  }
  Json pagination = Json::object({{"current", start}});
  if (total - start > size) {
    pagination["next"] = start + size;
  } else if (call.options.last_page == LastPage::says_next_is_null) {
    pagination["next"] = nullptr;
  }
  if (call.options.total_entries) pagination["totalEntries"] = total;
  return Json::object({{"filters", std::move(items)}, {"pagination", std::move(pagination)}});
}

}  // namespace

void add_space_filters(Handlers& handlers) {
  handlers["createFilterForSpace"] = create_one(filter_resource, fill_space_filter);
  handlers["listFiltersForSpace"] = list_filters;
  handlers["getFilterById"] = get_one(filter_resource);
  handlers["updateFilterById"] = update_one(filter_resource, change_space_filter);
  handlers["deleteFilterById"] = remove_filter;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
