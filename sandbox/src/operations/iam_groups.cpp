#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "operations/people.hpp"
#include "operations/registry.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

Links& members(Call& call) { return call.world.links(names::group_members); }

void check_name(Call& call, const Json* own) {
  const Json& name = call.body.at("name");
  if (name.as_string().empty()) throw invalid("name", "must not be empty");
  const auto taken = call.world.collection(user_group_resource.collection).all([&](const Json& g) {
    return g.at("name") == name && (own == nullptr || g.at("id") != own->at("id"));
  });
  if (!taken.empty()) throw conflict("A user group with this name already exists.");
}

void fill_group(Call& call, Json& fresh) {
  check_name(call, nullptr);
  fresh["name"] = call.body.at("name");
  fresh["permissions"] = Json::array();
}

void rename_group(Call& call, Json& group) {
  check_name(call, &group);
  group["name"] = call.body.at("name");
}

void empty_group(Call& call, const Json& group) {
  std::erase_if(members(call),
                [&](const auto& link) { return group.at("id") == Json(link.first); });
}

// Only users and invited people can be members.
const Json::Array& checked_emails(Call& call) {
  const auto& emails = call.body.at("emails").as_array();
  for (std::size_t i = 0; i < emails.size(); ++i) {
    const std::string& email = emails[i].as_string();
    if (user_by_email(call.world, email) != nullptr) continue;
    if (call.world.collection(names::invites).contains(email)) continue;
    throw invalid("emails." + std::to_string(i), "is neither a user's nor an invitation's");
  }
  return emails;
}

Json add_group_users(Call& call, bool replace) {
  const Json& group = kept(call.world, user_group_resource, call.path.front());
  const auto& emails = checked_emails(call);
  if (replace) empty_group(call, group);
  for (const Json& email : emails) members(call).emplace(call.path.front(), email.as_string());
  touch(call, user_group_resource, group);
  return one(call, shown(call.world, user_group_resource, group));
}

Json remove_group_users(Call& call) {
  const Json& group = kept(call.world, user_group_resource, call.path.front());
  const auto& emails = call.query.at("emails").as_array();
  for (const Json& email : emails) {
    if (!members(call).contains({call.path.front(), email.as_string()})) throw not_found("member");
  }
  for (const Json& email : emails) members(call).erase({call.path.front(), email.as_string()});
  touch(call, user_group_resource, group);
  return {};
}

Json list_users(Call& call) {
  kept(call, user_group_resource);
  std::vector<Json> users;
  call.world.collection(user_resource.collection)
      .each([&](const std::string& id, const Json& user) {
        if (!members(call).contains({call.path.front(), user.at("email").as_string()})) return;
        users.push_back(
            Json::object({{"id", id}, {"name", user.at("name")}, {"email", user.at("email")}}));
      });
  return page(call, users);
}

Json list_invited(Call& call) {
  kept(call, user_group_resource);
  std::vector<Json> emails;
  call.world.collection(names::invites).each([&](const std::string& email, const Json&) {
    if (members(call).contains({call.path.front(), email})) emails.emplace_back(email);
  });
  return page(call, emails);
}

Json give_group_permissions(Call& call, bool replace) {
  return one(call, give_permissions(call, user_group_resource, replace));
}

}  // namespace

void add_iam_groups(Handlers& handlers) {
  const Resource& group = user_group_resource;
  handlers["createUserGroup"] = create_one(group, fill_group);
  handlers["listUserGroups"] = list_all(group);
  handlers["getUserGroup"] = get_one(group);
  handlers["updateUserGroup"] = update_one(group, rename_group);
  handlers["deleteUserGroup"] = remove_one(group);
  handlers["addPermissionsToUserGroup"] = [](Call& call) {
    return give_group_permissions(call, false);
  };
  handlers["replacePermissionsForUserGroup"] = [](Call& call) {
    return give_group_permissions(call, true);
  };
  handlers["addUsersToUserGroup"] = [](Call& call) { return add_group_users(call, false); };
  handlers["replaceUsersInUserGroup"] = [](Call& call) { return add_group_users(call, true); };
  handlers["removeUsersFromUserGroup"] = remove_group_users;
  handlers["listUsersFromUserGroup"] = list_users;
  handlers["listInvitesFromUserGroup"] = list_invited;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
