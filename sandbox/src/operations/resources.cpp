#include "operations/resources.hpp"

#include <utility>

#include "operations/settings.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

Json shown_source(World& world, const Json& kept) {
  return with_kind(world, kept, names::source_kinds);
}
Json shown_destination(World& world, const Json& kept) {
  Json shown = with_kind(world, kept, names::destination_kinds);
  shown.erase("workspaceId");
  return shown;
}
Json shown_warehouse(World& world, const Json& kept) {
  Json shown = with_kind(world, kept, names::warehouse_kinds);
  // Its name is a setting in responses, although requests have it next to the settings.
  if (const Json* name = kept.find("name")) shown["settings"]["name"] = *name;
  for (const char* of_v2 : {"name", "createdAt", "updatedAt"}) shown.erase(of_v2);
  return shown;
}

std::string source_title(const Json& kept) { return kept.at("slug").as_string(); }

}  // namespace

constexpr Resource source_resource{
    .collection = names::sources, .what = "source", .shown = &shown_source, .title = &source_title};
constexpr Resource destination_resource{
    .collection = names::destinations, .what = "destination", .shown = &shown_destination};
constexpr Resource subscription_resource{
    .collection = names::subscriptions, .what = "subscription", .parent = "destinationId"};
constexpr Resource warehouse_resource{
    .collection = names::warehouses, .what = "warehouse", .shown = &shown_warehouse};

constexpr Resource source_kind{.collection = names::source_kinds, .what = "kind of source"};
constexpr Resource destination_kind{.collection = names::destination_kinds,
                                    .what = "kind of destination"};
constexpr Resource warehouse_kind{.collection = names::warehouse_kinds,
                                  .what = "kind of warehouse"};

Json with_kind(World& world, const Json& kept, std::string_view kind_collection) {
  Json shown = kept;
  const Json* kind = world.collection(kind_collection).find(kept.at("metadataId").as_string());
  shown.erase("metadataId");
  shown["metadata"] = kind != nullptr ? *kind : Json::object();
  shown["workspaceId"] = world.workspace_id();
  if (const Json* settings = kept.find("settings")) shown["settings"] = masked(*settings);
  return shown;
}

void check_reference(Call& call, std::string_view member, std::string_view collection) {
  const Json* id = call.given(member);
  if (id == nullptr || call.world.collection(collection).contains(id->as_string())) return;
  throw invalid(std::string(member), "names something that does not exist");
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
