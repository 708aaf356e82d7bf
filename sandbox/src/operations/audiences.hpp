#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "operations/resource.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Audiences as they are stored; what depends on the time is added when they are shown.
extern const Resource audience_resource;
extern const Resource audience_schedule_resource;

/// The audience that the path names after its space; 404 if there is none.
Json& audience_of(Call& call);

/// The same for operations of linked audiences only.
///
/// \throws Refusal with 400 for an audience of another type.
Json& linked_audience_of(Call& call);

/// How many members a definition selects, and what they are.
[[nodiscard]] Json audience_size(const Json& definition, std::string_view audience_type);

/// A definition as it is stored: a linked audience without a target consists of profiles.
[[nodiscard]] Json audience_definition(const Json& given, std::string_view audience_type);

/// The kinds of identifiers that are used if the request names none.
[[nodiscard]] Json usual_external_ids();

/// An audience's schedules, as in responses.
[[nodiscard]] std::vector<Json> schedules_of(Call& call, const std::string& audience);

/// The key derived from the body's name: `big_spenders` for `Big spenders`.
///
/// \throws Refusal with 409 if the path's space has one of this key, with 422 for an empty name.
[[nodiscard]] std::string new_key(Call& call, const Resource& resource);

/// \throws Refusal with 422 if the body has an empty name.
void check_name(const Call& call);

/// Records when and by whom something was created or changed.
void stamp_changed(const Call& call, Json& thing);
void stamp_created(const Call& call, Json& thing);

/// The status of a computation: after being created, changed or run it is busy for a while.
[[nodiscard]] std::string computed_status(const Call& call, const Json& kept);

/// \throws Refusal with 409 while an earlier change is still being applied.
void check_unlocked(const Call& call, const Json& kept);

}  // namespace segment::inline SEGMENT_ABI::sandbox
