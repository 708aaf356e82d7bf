#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "operations/resource.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Audiences as they are kept; what follows from the time is added where they are shown.
extern const Resource audience_resource;
extern const Resource audience_schedule_resource;

/// The audience that the path names behind its space; 404 where there is none.
Json& audience_of(Call& call);

/// The same for what only linked audiences have.
///
/// \throws Refusal with 400 for an audience of another type.
Json& linked_audience_of(Call& call);

/// How many members a definition picks, and what they are.
[[nodiscard]] Json audience_size(const Json& definition, std::string_view audience_type);

/// A definition as it is kept: a linked audience without a target is made of profiles.
[[nodiscard]] Json audience_definition(const Json& given, std::string_view audience_type);

/// The kinds of identifiers that are looked at where the request names none.
[[nodiscard]] Json usual_external_ids();

/// An audience's schedules, as answers show them.
[[nodiscard]] std::vector<Json> schedules_of(Call& call, const std::string& audience);

/// The key that the body's name makes: `Big spenders` is `big_spenders`.
///
/// \throws Refusal with 409 where the path's space has one of this key, with 422 for an empty name.
[[nodiscard]] std::string new_key(Call& call, const Resource& resource);

/// \throws Refusal with 422 where the body has a name that is empty.
void check_name(const Call& call);

/// Stamps what was made or changed with the time and with who did it.
void stamp_changed(const Call& call, Json& thing);
void stamp_created(const Call& call, Json& thing);

/// How what is computed stands: made, then changed or run, each of which takes its time.
[[nodiscard]] std::string computed_status(const Call& call, const Json& kept);

/// \throws Refusal with 409 while an earlier change is still being worked in.
void check_unlocked(const Call& call, const Json& kept);

}  // namespace segment::inline SEGMENT_ABI::sandbox
