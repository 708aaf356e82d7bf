#pragma once

#include "json/events.hpp"
#include "json/type.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Tells a Json, piece by piece.
void walk(const Json& json, JsonEvents& events);

/// Tells an object of an API type, piece by piece: absent members not at all. A BadJson that the
/// events throw leaves with the pointer to where it happened.
void walk(const Type& type, const void* object, JsonEvents& events);

}  // namespace segment::inline SEGMENT_ABI::detail
