#pragma once

#include "operations/resource.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

extern const Resource tracking_plan_resource;

/// Says that a plan has been changed: on the plan itself, and for the audit trail.
void touch_plan(Call& call, Json& plan);

}  // namespace segment::inline SEGMENT_ABI::sandbox
