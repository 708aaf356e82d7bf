#pragma once

#include <string>
#include <string_view>

#include "state/world.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Takes away what belonged to a thing that is gone, and what belonged to that in turn: nothing
/// that is kept may lead to it any more.
///
/// \param collection where it was kept.
void forget_what_belonged_to(World& world, std::string_view collection, const std::string& id);

}  // namespace segment::inline SEGMENT_ABI::sandbox
