#include <string>
#include <utility>

#include "operations/registry.hpp"
#include "operations/resources.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

constexpr Resource transformation{.collection = names::transformations, .what = "transformation"};

// Beta has fewer members.
Json shown_in_beta(World&, const Json& kept) {
  Json shown = kept;
  for (const char* member :
       {"drop", "fqlDefinedProperties", "allowProperties", "hashPropertiesConfiguration"}) {
    shown.erase(member);
  }
  return shown;
}

constexpr Resource transformation_beta{
    .collection = names::transformations, .what = "transformation", .shown = &shown_in_beta};

constexpr std::size_t most_value_paths = 10;
constexpr std::size_t most_computed = 1;

void check_transformation(Call& call) {
  check_reference(call, "sourceId", names::sources);
  check_reference(call, "destinationMetadataId", names::destination_kinds);
  const Json* values = call.given("propertyValueTransformations");
  std::size_t paths = 0;
  for (std::size_t i = 0; values != nullptr && i < values->size(); ++i) {
    paths += values->at(i).at("propertyPaths").size();
  }
  if (paths > most_value_paths) {
    throw invalid("propertyValueTransformations", "sets more than ten properties");
  }
  const Json* computed = call.given("fqlDefinedProperties");
  if (computed != nullptr && computed->size() > most_computed) {
    throw invalid("fqlDefinedProperties", "has more than one property");
  }
}

void fill_transformation(Call& call, Json& fresh) {
  check_transformation(call);
  merge_body(call, fresh);
}

void change_transformation(Call& call, Json& thing) {
  // Beta repeats the id in the body.
  const Json* id = call.given("transformationId");
  if (id != nullptr && *id != thing.at("id")) {
    throw invalid("transformationId", "is not the transformation in the path");
  }
  call.body.erase("transformationId");
  check_transformation(call);
  merge_body(call, thing);
}

// Here the API does not distinguish what is missing from what is forbidden.
Handler of_present(Handler inner) {
  return [inner = std::move(inner)](Call& call) {
    if (!call.world.collection(transformation.collection).contains(call.path.front())) {
      throw refuse(403, "forbidden", "This token has no access to this transformation.");
    }
    return inner(call);
  };
}

}  // namespace

void add_transformations(Handlers& handlers) {
  const auto either = [](const auto& handler_of) {
    return in_version(ApiVersion::beta, handler_of(transformation_beta),
                      handler_of(transformation));
  };
  handlers["createTransformation"] =
      either([](const Resource& resource) { return create_one(resource, fill_transformation); });
  handlers["listTransformations"] = either(list_all);
  handlers["getTransformation"] = of_present(either(get_one));
  handlers["updateTransformation"] = of_present(
      either([](const Resource& resource) { return update_one(resource, change_transformation); }));
  handlers["deleteTransformation"] = of_present(remove_one(transformation));
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
