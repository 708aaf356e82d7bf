#include <algorithm>
#include <string>
#include <utility>

#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "operations/tracking_plans.hpp"
#include "segment/types/timestamp.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

constexpr Resource tracking_plan_resource{.collection = names::tracking_plans,
                                          .what = "tracking plan"};

namespace {

Links& plan_connections(Call& call) { return call.world.links(names::tracking_plan_sources); }

// The slug for URLs: `web-shop-2` for `Web shop (2)`.
std::string slug_of(const std::string& name) {
  std::string slug;
  for (char c : name) {
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const bool plain = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
    if (plain) {
      slug += small;
    } else if (!slug.empty() && !slug.ends_with('-')) {
      slug += '-';
    }
  }
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

void fill_plan(Call& call, Json& fresh) {
  const std::string& name = call.body.at("name").as_string();
  if (name.empty()) throw invalid("name", "must not be empty");
  fresh["name"] = name;
  fresh["slug"] = slug_of(name);
  if (const Json* description = call.given("description")) fresh["description"] = *description;
  fresh["type"] = call.body.at("type");
  fresh["createdAt"] = Timestamp(call.now).text();
  fresh["updatedAt"] = Timestamp(call.now).text();
}

Json update_plan(Call& call) {
  Json& plan = kept(call, tracking_plan_resource);
  merge_body(call, plan);
  touch_plan(call, plan);
  return {};
}

Json list_plans(Call& call) {
  const Json* type = call.query.find("type");
  return page(call,
              call.world.collection(tracking_plan_resource.collection).all([&](const Json& plan) {
                return type == nullptr || plan.at("type") == *type;
              }));
}

// A source has one plan at a time.
Json add_source(Call& call) {
  const std::string& plan = kept(call, tracking_plan_resource).at("id").as_string();
  check_reference(call, "sourceId", names::sources);
  const std::string& id = call.body.at("sourceId").as_string();
  for (const auto& [other, source] : plan_connections(call)) {
    if (source == id && other != plan) {
      throw conflict("The source is connected to another tracking plan.");
    }
  }
  plan_connections(call).emplace(plan, id);
  touch(call, source_resource, kept(call.world, source_resource, id));
  return {};
}

Json remove_source(Call& call) {
  const std::string& plan = kept(call, tracking_plan_resource).at("id").as_string();
  const std::string& id = call.query.at("sourceId").as_string();
  const Json& source = kept(call.world, source_resource, id);
  if (plan_connections(call).erase({plan, id}) == 0) throw not_found("connection");
  touch(call, source_resource, source);
  return {};
}

Json list_sources(Call& call) {
  const std::string& plan = kept(call, tracking_plan_resource).at("id").as_string();
  auto things = call.world.collection(names::sources).all([&](const Json& source) {
    return plan_connections(call).contains({plan, source.at("id").as_string()});
  });
  for (Json& thing : things) thing = shown(call.world, source_resource, thing);
  return page(call, things);
}

}  // namespace

void touch_plan(Call& call, Json& plan) {
  plan["updatedAt"] = Timestamp(call.now).text();
  touch(call, tracking_plan_resource, plan);
}

void add_tracking_plans(Handlers& handlers) {
  const Resource& plan = tracking_plan_resource;
  handlers["createTrackingPlan"] = create_one(plan, fill_plan);
  handlers["listTrackingPlans"] = list_plans;
  handlers["getTrackingPlan"] = get_one(plan);
  handlers["updateTrackingPlan"] = update_plan;
  handlers["deleteTrackingPlan"] = remove_one(plan);
  handlers["addSourceToTrackingPlan"] = add_source;
  handlers["listSourcesFromTrackingPlan"] = list_sources;
  handlers["removeSourceFromTrackingPlan"] = remove_source;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
