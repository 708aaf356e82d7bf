// What the spaces have seen. Nothing changes it: it is the same in each space.

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "operations/progress.hpp"
#include "operations/registry.hpp"
#include "operations/spaces.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

using namespace std::chrono;

// Something that was seen: where, of what type, how many hours ago, and two of its values.
struct Seen {
  std::string_view owner;  // the event or the entity; for a trait, its collection
  std::string_view name;
  std::string_view type;
  int hours_ago;
  std::array<std::string_view, 2> samples;
};

constexpr std::array seen_events = {
    Seen{"", "Product Viewed", "TRACK", 0, {}}, Seen{"", "Order Completed", "TRACK", 1, {}},
    Seen{"", "Signed Up", "TRACK", 3, {}}, Seen{"", "Home", "PAGE", 2, {}}};

constexpr std::array event_properties = {
    Seen{"Product Viewed", "product_id", "PROPERTY", 0, {"sku-1", "sku-2"}},
    Seen{"Product Viewed", "price", "PROPERTY", 0, {"9.90", "24.00"}},
    Seen{"Product Viewed", "locale", "CONTEXT", 4, {"de-DE", "en-GB"}},
    Seen{"Order Completed", "order_id", "PROPERTY", 1, {"o-1001", "o-1002"}},
    Seen{"Order Completed", "revenue", "PROPERTY", 1, {"24.00", "58.70"}},
    Seen{"Signed Up", "plan", "PROPERTY", 3, {"free", "pro"}},
    Seen{"Home",
         "url",
         "PROPERTY",
         2,
         {"https://shop.example.test/", "https://shop.example.test/?a"}}};

constexpr std::array traits = {
    Seen{"users", "email", "CUSTOM", 1, {"ada@example.com", "bob@example.com"}},
    Seen{"users", "plan", "CUSTOM", 3, {"free", "pro"}},
    Seen{"users", "orders_in_30_days", "COMPUTED", 0, {"1", "4"}},
    Seen{"users", "big_spenders", "AUDIENCE", 2, {"true", "false"}},
    Seen{"accounts", "industry", "CUSTOM", 5, {"retail", "travel"}},
    Seen{"accounts", "seats", "SQL", 9, {"5", "40"}}};

// The type of an entity's property is its data type.
constexpr std::array entity_properties = {
    Seen{"household", "id", "STRING", 0, {"h-1", "h-2"}},
    Seen{"household", "city", "STRING", 0, {"Berlin", "Leeds"}},
    Seen{"pet", "id", "STRING", 0, {"p-1", "p-2"}}, Seen{"pet", "age", "NUMBER", 0, {"3", "11"}}};

constexpr std::size_t usual_page_of_schema = 200;
constexpr std::int64_t usual_samples = 20;

bool is_searched(const Call& call, std::string_view name) {
  const Json* search = call.query.find("search");
  return search == nullptr || name.find(search->as_string()) != std::string_view::npos;
}

std::vector<Seen> of_owner(std::span<const Seen> all, std::string_view owner) {
  std::vector<Seen> some;
  std::ranges::copy_if(all, std::back_inserter(some),
                       [&](const Seen& seen) { return seen.owner == owner; });
  return some;
}

// By default, traits are sorted by key in ascending order, everything else by time in descending
// order.
void sort(const Call& call, bool usually_by_time, std::vector<Seen>& all) {
  bool by_time = usually_by_time;
  if (const Json* key = call.query.find("sortBy")) by_time = *key == Json("lastSeenAt");
  const Json* direction = call.query.find("sortDir");
  const bool down = direction != nullptr ? *direction == Json("desc") : usually_by_time;
  std::ranges::stable_sort(all, [&](const Seen& a, const Seen& b) {
    const Seen& first = down ? b : a;
    const Seen& second = down ? a : b;
    if (by_time) return first.hours_ago > second.hours_ago;
    return first.name < second.name;
  });
}

Json samples_of(const Seen& seen, std::int64_t most) {
  Json samples = Json::array();
  for (std::string_view sample : seen.samples) {
    if (static_cast<std::int64_t>(samples.size()) < most) samples.push_back(sample);
  }
  return samples;
}

void add_samples(const Call& call, const Seen& seen, Json& json) {
  const Json* wanted = call.query.find("includeSampleValues");
  if (wanted == nullptr || !wanted->as_bool()) return;
  const Json* count = call.query.find("samplesCount");
  const std::int64_t most = count != nullptr ? count->as_integer() : usual_samples;
  if (most < 1 || most > 100) throw invalid("samplesCount", "must be from 1 to 100");
  json["samples"] = samples_of(seen, most);
}

std::string last_seen(const Call& call, const Seen& seen) {
  return time_text(floor<hours>(call.now) - hours{seen.hours_ago});
}

// The default page size is different from elsewhere.
Json usual_sized_page(Call& call, const std::vector<Json>& things) {
  if (query_parameter(call.query, "pagination.count") == nullptr) {
    if (!call.query.contains("pagination")) call.query["pagination"] = Json::object();
    call.query["pagination"]["count"] = usual_page_of_schema;
  }
  return page(call, things);
}

// A list that can only be paged forward has no previous page.
Json forward_page(Call& call, const std::vector<Json>& things) {
  Json result = usual_sized_page(call, things);
  result["pagination"].erase("previous");
  return result;
}

Json list_events(Call& call) {
  std::vector<Seen> all(seen_events.begin(), seen_events.end());
  std::erase_if(all, [&](const Seen& seen) { return !is_searched(call, seen.name); });
  sort(call, true, all);
  std::vector<Json> shown;
  for (const Seen& seen : all) {
    shown.push_back(Json::object(
        {{"name", seen.name}, {"type", seen.type}, {"lastSeenAt", last_seen(call, seen)}}));
  }
  return usual_sized_page(call, shown);
}

std::string_view checked_event(const Call& call) {
  const auto found = std::ranges::find(seen_events, call.path.at(1), &Seen::name);
  if (found == seen_events.end()) throw not_found("event");
  return found->name;
}

Json list_event_properties(Call& call) {
  auto all = of_owner(event_properties, checked_event(call));
  std::erase_if(all, [&](const Seen& seen) { return !is_searched(call, seen.name); });
  sort(call, true, all);
  std::vector<Json> shown;
  for (const Seen& seen : all) {
    shown.push_back(Json::object({{"name", seen.name},
                                  {"type", seen.type},
                                  {"eventName", seen.owner},
                                  {"lastSeenAt", last_seen(call, seen)}}));
    add_samples(call, seen, shown.back());
  }
  return usual_sized_page(call, shown);
}

std::string_view trait_owner(const Call& call) {
  const Json* collection = call.query.find("collection");
  return collection != nullptr ? std::string_view(collection->as_string()) : "users";
}

Json list_schema_traits(Call& call) {
  auto all = of_owner(traits, trait_owner(call));
  std::erase_if(all, [&](const Seen& seen) { return !is_searched(call, seen.name); });
  sort(call, false, all);
  std::vector<Json> shown;
  for (const Seen& seen : all) {
    shown.push_back(Json::object(
        {{"trait", seen.name}, {"type", seen.type}, {"lastSeenAt", last_seen(call, seen)}}));
    add_samples(call, seen, shown.back());
  }
  return forward_page(call, shown);
}

// The samples of the item that the path names last; 404 if there is none.
Json samples(const Call& call, const std::vector<Seen>& all, std::string_view what) {
  const auto found = std::ranges::find(all, call.path.back(), &Seen::name);
  if (found == all.end()) throw not_found(what);
  return one(call, samples_of(*found, usual_samples));
}

Json list_trait_samples(Call& call) {
  return samples(call, of_owner(traits, trait_owner(call)), "trait");
}

Json list_event_property_samples(Call& call) {
  auto all = of_owner(event_properties, checked_event(call));
  const std::string& type = call.query.at("propertyType").as_string();
  std::erase_if(all, [&](const Seen& seen) { return seen.type != type; });
  return samples(call, all, "property");
}

std::vector<Seen> checked_entity(const Call& call) {
  auto all = of_owner(entity_properties, call.path.at(1));
  if (all.empty()) throw not_found("entity");
  return all;
}

Json list_entity_properties(Call& call) {
  std::vector<Json> shown;
  for (const Seen& seen : checked_entity(call)) {
    shown.push_back(Json::object(
        {{"name", seen.name}, {"primaryKey", seen.name == "id"}, {"dataType", seen.type}}));
    add_samples(call, seen, shown.back());
  }
  return forward_page(call, shown);
}

Json list_entity_property_samples(Call& call) {
  return samples(call, checked_entity(call), "property");
}

Json path_to(const char* name, const char* slug, std::initializer_list<Json> way,
             std::initializer_list<Json> on) {
  std::string joined;
  for (const Json& step : way) joined += (joined.empty() ? "" : ":") + step.as_string();
  return Json::object({{"id", made_up_id("entity path", joined.size())},
                       {"entityName", name},
                       {"pathName", name},
                       {"entitySlug", slug},
                       {"relationshipSlugs", Json::array(way)},
                       {"childRelationshipSlugs", Json::array(on)},
                       {"parentRelationshipSlugPath", joined}});
}

// A profile lives in a household, which has pets.
Json list_entity_paths(Call& call) {
  std::vector<Json> all = {path_to("Household", "household", {"lives-in"}, {"keeps"}),
                           path_to("Pet", "pet", {"lives-in", "keeps"}, {})};
  std::erase_if(
      all, [&](const Json& path) { return !is_searched(call, path.at("entityName").as_string()); });
  return usual_sized_page(call, all);
}

}  // namespace

void add_space_schema(Handlers& handlers) {
  handlers["listEvents"] = in_space(list_events);
  handlers["listPropertiesFromEvent"] = in_space(list_event_properties);
  handlers["listSampleValuesFromEventProperty"] = in_space(list_event_property_samples);
  handlers["listTraits"] = in_space(list_schema_traits);
  handlers["listSampleValuesFromTrait"] = in_space(list_trait_samples);
  handlers["listEntityPaths"] = in_space(list_entity_paths);
  handlers["listPropertiesFromEntity"] = in_space(list_entity_properties);
  handlers["listSampleValuesFromEntityProperty"] = in_space(list_entity_property_samples);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
