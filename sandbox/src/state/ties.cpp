#include "state/ties.hpp"

#include <vector>

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

/// The items of a collection belong to what this member names. Without a member they are stored
/// under the id of their owner.
struct Tie {
  std::string_view collection;
  std::string_view member;
  std::string_view owner;
};

constexpr Tie ties[] = {
    {names::sources, "metadataId", names::source_kinds},

    {names::destinations, "sourceId", names::sources},
    {names::schema_settings, "", names::sources},
    {names::live_plugins, "", names::sources},
    {names::transformations, "sourceId", names::sources},
    {names::models, "sourceId", names::sources},
    {names::function_instances, "integrationId", names::sources},
    {names::synced_tables, "from", names::sources},
    {names::extra_syncs, "sourceId", names::sources},

    {names::subscriptions, "destinationId", names::destinations},
    {names::destination_filters, "destinationId", names::destinations},
    {names::function_instances, "integrationId", names::destinations},
    {names::audience_connections, "destinationId", names::destinations},

    {names::credentials, "warehouseId", names::warehouses},
    {names::sync_schedules, "", names::warehouses},
    {names::synced_tables, "warehouseId", names::warehouses},
    {names::extra_syncs, "warehouseId", names::warehouses},
    {names::audience_connections, "destinationId", names::warehouses},
    {names::synced_tables, "warehouseId", names::profiles_warehouses},

    {names::model_syncs, "modelId", names::models},
    {names::subscriptions, "modelId", names::models},
    {names::model_syncs, "subscriptionId", names::subscriptions},

    {names::audience_connections, "audienceId", names::audiences},
    {names::audience_schedules, "audienceId", names::audiences},
    {names::activations, "audienceId", names::audiences},
    {names::activations, "connectionId", names::audience_connections},

    {names::function_versions, "functionId", names::functions},
    {names::tracking_plan_rules, "", names::tracking_plans},
};

/// Links lead from items of one collection to items of another.
struct Way {
  std::string_view links;
  std::string_view from;
  std::string_view to;
};

constexpr Way ways[] = {
    {names::warehouse_sources, names::warehouses, names::sources},
    {names::tracking_plan_sources, names::tracking_plans, names::sources},
    {names::group_members, names::user_groups, ""},
    {names::source_slugs, "", names::sources},
};

bool belongs(const Tie& tie, const std::string& key, const Json& thing, const std::string& owner) {
  if (tie.member.empty()) return key == owner;
  const Json* named = thing.find(tie.member);
  return named != nullptr && *named == Json(owner);
}

void forget_tied(World& world, const Tie& tie, const std::string& owner) {
  std::vector<std::string> gone;
  world.collection(tie.collection).each([&](const std::string& key, const Json& thing) {
    if (belongs(tie, key, thing, owner)) gone.push_back(key);
  });
  for (const std::string& key : gone) {
    world.collection(tie.collection).erase(key);
    forget_what_belonged_to(world, tie.collection, key);
  }
}

}  // namespace

void forget_what_belonged_to(World& world, std::string_view collection, const std::string& id) {
  for (const Way& way : ways) {
    std::erase_if(world.links(way.links), [&](const auto& link) {
      return (way.from == collection && link.first == id) ||
             (way.to == collection && link.second == id);
    });
  }
  for (const Tie& tie : ties) {
    if (tie.owner == collection) forget_tied(world, tie, id);
  }
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
