#pragma once

#include "json/type.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Makes a member as if nothing had come for it: absent, or empty where it has no such state.
void make_absent(const Member& member, void* object);

}  // namespace segment::inline SEGMENT_ABI::detail
