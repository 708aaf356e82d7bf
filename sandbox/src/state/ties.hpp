#pragma once

#include <string>
#include <string_view>

#include "state/world.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Deletes what belonged to a deleted item, recursively: nothing that is stored may refer to it any
/// more.
///
/// \param collection where it was stored.
void forget_what_belonged_to(World& world, std::string_view collection, const std::string& id);

}  // namespace segment::inline SEGMENT_ABI::sandbox
