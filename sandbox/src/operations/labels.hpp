#pragma once

#include "engine/call.hpp"
#include "state/world.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Adds a label to the workspace.
void put_label(World& world, Json label);

/// The workspace's own label with the same key and value, or null.
[[nodiscard]] const Json* find_label(World& world, const Json& label);

}  // namespace segment::inline SEGMENT_ABI::sandbox
