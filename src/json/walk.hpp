#pragma once

#include "json/events.hpp"
#include "json/type.hpp"
#include "segment/json.hpp"

namespace segment::detail {

/// Tells a Json, piece by piece.
void walk(const Json& json, JsonEvents& events);

/// Tells an object of an API type, piece by piece: absent members not at all. A BadJson that the
/// events throw leaves with the pointer to where it happened.
void walk(const Type& type, const void* object, JsonEvents& events);

}  // namespace segment::detail
