#include <string>
#include <utility>

#include "operations/registry.hpp"
#include "operations/resources.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

constexpr Resource transformation{.collection = names::transformations, .what = "transformation"};

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
    throw invalid("propertyValueTransformations", "gives more than ten properties a value");
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
  check_transformation(call);
  merge_body(call, thing);
}

// Here the API does not tell what is missing from what is not allowed.
Handler of_present(Handler inner) {
  return [inner = std::move(inner)](Call& call) {
    if (!call.world.collection(transformation.collection).contains(call.path.front())) {
      throw refuse(403, "forbidden", "This transformation is not to be had with this token.");
    }
    return inner(call);
  };
}

}  // namespace

void add_transformations(Handlers& handlers) {
  handlers["createTransformation"] = create_one(transformation, fill_transformation);
  handlers["listTransformations"] = list_all(transformation);
  handlers["getTransformation"] = of_present(get_one(transformation));
  handlers["updateTransformation"] = of_present(update_one(transformation, change_transformation));
  handlers["deleteTransformation"] = of_present(remove_one(transformation));
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
