#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "operations/resource.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

extern const Resource role_resource;
extern const Resource user_resource;
extern const Resource user_group_resource;

/// The roles that there are, and the owner: what each workspace has from the start. Does nothing
/// where they are there.
void fill_people(World& world);

/// A few more users, as a team would have: no call can make them, for that they would have to
/// accept an invitation.
void add_team(World& world);

/// Who did what is done through the API: the workspace's owner, whose token it is.
[[nodiscard]] std::string owner_id();

/// The user with this e-mail address, or null.
[[nodiscard]] const Json* user_by_email(World& world, const std::string& email);

/// Permissions as answers show them: with the names of their roles.
[[nodiscard]] Json shown_permissions(World& world, const Json& kept);

/// Holds permissions of the input against the roles and resources that there are.
///
/// \param field where they stand in the input.
/// \throws Refusal with 422 that names the member.
void check_permissions(Call& call, const Json& permissions, const std::string& field);

/// Gives a user or a user group the body's permissions, beside its own or in their place.
///
/// \return all that it has then, as answers show them.
Json give_permissions(Call& call, const Resource& resource, bool replace);

/// Takes an address out of every user group.
void leave_groups(World& world, const std::string& email);

/// Takes a thing that is gone out of every permission; one that held for nothing else goes too.
void forget_permissions_for(World& world, const std::string& id);

}  // namespace segment::inline SEGMENT_ABI::sandbox
