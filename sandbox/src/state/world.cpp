#include "state/world.hpp"

#include "operations/labels.hpp"
#include "operations/people.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

World::World()
    : workspace_(Json::object(
          {{"id", "9aQ1Lj62S4bomZKLF4DPqW"}, {"slug", "sandbox"}, {"name", "Sandbox"}})) {
  fill_catalog(*this);
  fill_people(*this);
  for (const char* environment : {"dev", "prod"}) {
    put_label(*this, Json::object({{"key", "environment"}, {"value", environment}}));
  }
}

Collection& World::collection(std::string_view name) {
  const auto found = collections_.find(name);
  return found != collections_.end() ? found->second : collections_[std::string(name)];
}

Links& World::links(std::string_view name) {
  const auto found = links_.find(name);
  return found != links_.end() ? found->second : links_[std::string(name)];
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
