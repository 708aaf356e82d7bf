#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "operations/resource.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

extern const Resource role_resource;
extern const Resource user_resource;
extern const Resource user_group_resource;

/// Creates the roles and the owner that each workspace has from the start. Does nothing if they
/// exist.
void fill_people(World& world);

/// Adds a few more users, as in a team: no call can create them, since they would have to accept an
/// invitation.
void add_team(World& world);

/// The user to whom changes through the API are attributed: the workspace's owner.
[[nodiscard]] std::string owner_id();

/// The user with this e-mail address, or null.
[[nodiscard]] const Json* user_by_email(World& world, const std::string& email);

/// Permissions as in responses: with the names of their roles.
[[nodiscard]] Json shown_permissions(World& world, const Json& kept);

/// Checks permissions in the input against the existing roles and resources.
///
/// \param field where they are in the input.
/// \throws Refusal with 422 that names the member.
void check_permissions(Call& call, const Json& permissions, const std::string& field);

/// Gives a user or a user group the body's permissions, in addition to or in place of its own.
///
/// \return all that it then has, as in responses.
Json give_permissions(Call& call, const Resource& resource, bool replace);

/// Removes an address from every user group.
void leave_groups(World& world, const std::string& email);

/// Removes a deleted resource from every permission; a permission without any others is deleted.
void forget_permissions_for(World& world, const std::string& id);

}  // namespace segment::inline SEGMENT_ABI::sandbox
