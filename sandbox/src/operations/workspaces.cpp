#include "operations/registry.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

void add_workspaces(Handlers& handlers) {
  handlers["getWorkspace"] = [](Call& call) { return one(call, call.world.workspace()); };
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
