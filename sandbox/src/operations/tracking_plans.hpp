#pragma once

#include "operations/resource.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

extern const Resource tracking_plan_resource;

/// Records that a plan has been changed: in the plan itself, and for the audit trail.
void touch_plan(Call& call, Json& plan);

}  // namespace segment::inline SEGMENT_ABI::sandbox
