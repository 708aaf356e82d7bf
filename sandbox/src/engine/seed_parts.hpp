#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "segment/types/json.hpp"
#include "state/world.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

// The seed in parts. Each part finds what it needs from earlier ones in the world.

/// Calls an operation internally.
///
/// \return the id of what was created, or nothing if the call creates nothing.
using MakeThing = std::function<std::string(std::string_view operation, Json body,
                                            std::vector<std::string> path)>;

/// The first item of a collection whose member has this value; there must be one.
[[nodiscard]] std::string seeded(World& world, std::string_view collection, std::string_view member,
                                 const char* value);

/// A source function.
///
/// \return its id in the catalog.
[[nodiscard]] std::string add_source_function_seed(World& world, const MakeThing& make);

/// A team, a user group and a pending invitation.
void add_people_seed(World& world, const MakeThing& make);

/// What processes events on their way: a tracking plan, functions, a filter, a transformation, live
/// plugins; a credential, and subjects that are suppressed or to be deleted.
void add_rules_seed(World& world, const MakeThing& make);

/// What is exported from the database: a model, its subscription, and a sync in progress.
void add_models_seed(World& world, const MakeThing& make);

/// The contents of the first space: audiences with their connections and schedules, a computed
/// trait, a filter, a profiles warehouse, and messaging subscriptions. The other space stays empty.
void add_space_seed(World& world, const MakeThing& make);

}  // namespace segment::inline SEGMENT_ABI::sandbox
