#include <algorithm>
#include <string>
#include <utility>

#include "operations/people.hpp"
#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "operations/settings.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

constexpr std::size_t write_key_length = 32;

void check_slug(Call& call, const Json* own) {
  const Json* slug = call.given("slug");
  if (slug == nullptr) return;
  if (slug->as_string().empty()) throw invalid("slug", "must not be empty");
  const Links& slugs = call.world.links(names::source_slugs);
  const auto taken = slugs.lower_bound({slug->as_string(), std::string()});
  if (taken == slugs.end() || taken->first != slug->as_string()) return;
  if (own != nullptr && taken->second == own->at("id").as_string()) return;
  throw conflict("A source with this slug already exists.");
}

void fill_source(Call& call, Json& fresh) {
  check_reference(call, "metadataId", names::source_kinds);
  check_slug(call, nullptr);
  fresh["slug"] = call.body.at("slug");
  const Json* name = call.given("name");  // only alpha takes one
  fresh["name"] = name != nullptr ? *name : call.body.at("slug");
  fresh["metadataId"] = call.body.at("metadataId");
  fresh["enabled"] = call.body.at("enabled");
  fresh["settings"] = new_settings(call.given("settings"));
  fresh["labels"] = Json::array();
  fresh["writeKeys"] = Json::array({call.world.ids().next("write key", write_key_length)});
}

// A new source fills every warehouse, unless the request says otherwise.
Json create_source(Call& call) {
  static const Handler create = create_one(source_resource, fill_source);
  Json result = create(call);
  call.world.links(names::source_slugs).emplace(call.body.at("slug").as_string(), call.touched->id);
  const Json* disconnected = call.given("disconnectAllWarehouses");
  if (disconnected == nullptr || !disconnected->as_bool()) {
    call.world.collection(names::warehouses).each([&](const std::string& warehouse, const Json&) {
      call.world.links(names::warehouse_sources).emplace(warehouse, call.touched->id);
    });
  }
  return result;
}

// It names its tracking plan; null if it has none.
Json get_source(Call& call) {
  Json result = one(call, shown(call.world, source_resource, kept(call, source_resource)));
  result["trackingPlanId"] = nullptr;
  for (const auto& [plan, source] : call.world.links(names::tracking_plan_sources)) {
    if (source == call.path.front()) result["trackingPlanId"] = plan;
  }
  return result;
}

void change_source(Call& call, Json& source) {
  check_slug(call, &source);
  const Json* name = call.given("name");
  if (name != nullptr && name->as_string().empty()) throw invalid("name", "must not be empty");
  if (const Json* slug = call.given("slug")) {
    Links& slugs = call.world.links(names::source_slugs);
    slugs.erase({source.at("slug").as_string(), source.at("id").as_string()});
    slugs.emplace(slug->as_string(), source.at("id").as_string());
  }
  for (const char* member : {"name", "enabled", "slug"}) {
    if (const Json* given = call.given(member)) source[member] = *given;
  }
  if (const Json* settings = call.given("settings")) merge_settings(source["settings"], *settings);
}

// Nothing that remains refers to it any more.
void forget_source(Call& call, const Json& source) {
  const Json& id = source.at("id");
  call.world.collection(names::schema_settings).each([&](const std::string&, Json& other) {
    for (const char* target : {"forwardingViolationsTo", "forwardingBlockedEventsTo"}) {
      if (const Json* to = other.find(target); to != nullptr && *to == id) other.erase(target);
    }
  });
  forget_permissions_for(call.world, id.as_string());
}

Json create_write_key(Call& call) {
  Json& source = kept(call, source_resource);
  source["writeKeys"].push_back(call.world.ids().next("write key", write_key_length));
  touch(call, source_resource, source);
  return one(call, shown(call.world, source_resource, source));
}

Json remove_write_key(Call& call) {
  Json& source = kept(call.world, source_resource, call.path.at(0));
  auto& keys = source["writeKeys"].as_array();
  if (std::erase(keys, Json(call.path.at(1))) == 0) throw not_found("write key");
  touch(call, source_resource, source);
  return {};
}

Json list_connected_destinations(Call& call) {
  const Json& source = kept(call, source_resource);
  auto things = call.world.collection(names::destinations).all([&](const Json& destination) {
    return destination.at("sourceId") == source.at("id");
  });
  for (Json& thing : things) thing = shown(call.world, destination_resource, thing);
  return page(call, things);
}

}  // namespace

void add_sources(Handlers& handlers) {
  handlers["createSource"] = create_source;
  handlers["listSources"] = list_all(source_resource);
  handlers["getSource"] = get_source;
  handlers["updateSource"] = update_one(source_resource, change_source);
  handlers["deleteSource"] = remove_one(source_resource, forget_source);
  handlers["createWriteKeyForSource"] = create_write_key;
  handlers["removeWriteKeyFromSource"] = remove_write_key;
  handlers["listConnectedDestinationsFromSource"] = list_connected_destinations;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
