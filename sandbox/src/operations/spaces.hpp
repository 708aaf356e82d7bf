#pragma once

#include "operations/resource.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

extern const Resource space_resource;

/// The spaces. Only Segment's app can create one, so every workspace of a sandbox has some from the
/// start.
[[nodiscard]] Collection& spaces(World& world);

/// The same handler, preceded by a 404 if the space at the start of the path does not exist.
[[nodiscard]] Handler in_space(Handler inner);

}  // namespace segment::inline SEGMENT_ABI::sandbox
