#include <string>
#include <utility>

#include "operations/registry.hpp"
#include "operations/spaces.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// The API does not report what happens to profiles in it.
Json create_journey(Call& call) {
  if (call.body.at("name").as_string().empty()) throw invalid("name", "must not be empty");
  const Json& definition = call.body.at("definition");
  if (!definition.at("states").contains(definition.at("initial").as_string())) {
    throw invalid("definition.initial", "is not one of the states");
  }
  const std::string id = call.world.ids().next("journey");
  Json fresh = call.body;
  fresh["spaceId"] = call.path.front();
  call.world.collection(names::journeys).put(id, std::move(fresh));
  return one(call, Json::object({{"containerId", id}, {"versionNumber", 1}}));
}

}  // namespace

void add_journeys(Handlers& handlers) { handlers["createJourney"] = in_space(create_journey); }

}  // namespace segment::inline SEGMENT_ABI::sandbox
