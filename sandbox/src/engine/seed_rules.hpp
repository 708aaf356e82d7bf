#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "segment/json.hpp"
#include "state/world.hpp"

namespace segment::sandbox {

/// Calls an operation from the inside.
///
/// \return the id of what was created, or nothing where the call creates nothing.
using MakeThing = std::function<std::string(std::string_view operation, Json body,
                                            std::vector<std::string> path)>;

/// A team, a user group and an invitation that stands open.
void add_people_seed(World& world, const MakeThing& make);

/// What is done to the events on their way: a tracking plan, functions, a filter, a transformation,
/// live plugins; a credential, and subjects that are suppressed.
void add_rules_seed(World& world, const MakeThing& make, const std::string& website,
                    const std::string& ios);

}  // namespace segment::sandbox
