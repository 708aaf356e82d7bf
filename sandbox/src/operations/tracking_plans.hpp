#pragma once

#include <string_view>

#include "operations/resource.hpp"

namespace segment::sandbox {

extern const Resource tracking_plan_resource;

/// The rules of each plan: a list, by the plan's id.
inline constexpr std::string_view tracking_plan_rules = "tracking plan rules";
/// Links from tracking plans to the sources that are held against them.
inline constexpr std::string_view tracking_plan_sources = "tracking plan sources";

/// Says that a plan has been changed: on the plan itself, and for the audit trail.
void touch_plan(Call& call, Json& plan);

}  // namespace segment::sandbox
