#pragma once

#include "operations/resource.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

extern const Resource space_resource;

/// The spaces. Only Segment's app can make one, so every workspace of a sandbox has some from the
/// start.
[[nodiscard]] Collection& spaces(World& world);

/// The same handler behind a 404 where the space does not exist that the path begins with.
[[nodiscard]] Handler in_space(Handler inner);

}  // namespace segment::inline SEGMENT_ABI::sandbox
