#include <string>
#include <vector>

#include "operations/people.hpp"
#include "operations/registry.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

void check_invite(Call& call, const Json& invite, const std::string& field) {
  const std::string& email = invite.at("email").as_string();
  const std::size_t at = email.find('@');
  if (at == 0 || at == std::string::npos || at + 1 == email.size()) {
    throw invalid(field + ".email", "must be an e-mail address");
  }
  if (user_by_email(call.world, email) != nullptr) {
    throw conflict("Someone with this e-mail address is already in the workspace.");
  }
  if (call.world.collection(names::invites).contains(email)) {
    throw conflict("Someone with this e-mail address is already invited.");
  }
  if (const Json* permissions = invite.find("permissions")) {
    check_permissions(call, *permissions, field + ".permissions");
  }
}

void touch_invite(Call& call, const std::string& email) {
  call.touched = Touched{.type = "invite", .id = email, .name = email};
}

Json create_invites(Call& call) {
  const auto& wanted = call.body.at("invites").as_array();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    check_invite(call, wanted[i], "invites." + std::to_string(i));
  }
  Json emails = Json::array();
  for (const Json& invite : wanted) {
    const std::string& email = invite.at("email").as_string();
    call.world.collection(names::invites).put(email, invite);
    emails.push_back(email);
    touch_invite(call, email);
  }
  return one(call, std::move(emails));
}

Json list_invites(Call& call) {
  std::vector<Json> emails;
  call.world.collection(names::invites).each([&](const std::string& email, const Json&) {
    emails.emplace_back(email);
  });
  return page(call, emails);
}

Json delete_invites(Call& call) {
  const auto& emails = call.query.at("emails").as_array();
  for (const Json& email : emails) {
    if (!call.world.collection(names::invites).contains(email.as_string()))
      throw not_found("invitation");
  }
  for (const Json& email : emails) {
    call.world.collection(names::invites).erase(email.as_string());
    leave_groups(call.world, email.as_string());
    touch_invite(call, email.as_string());
  }
  return {};
}

// An owner must remain to run the workspace.
Json delete_users(Call& call) {
  const auto& ids = call.query.at("userIds").as_array();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    kept(call.world, user_resource, ids[i].as_string());
    if (ids[i].as_string() == owner_id()) {
      throw invalid("userIds." + std::to_string(i), "is the owner of the workspace");
    }
  }
  for (const Json& id : ids) {
    auto& users = call.world.collection(user_resource.collection);
    const Json* user = users.find(id.as_string());
    if (user == nullptr) continue;  // named twice
    leave_groups(call.world, user->at("email").as_string());
    touch(call, user_resource, *user);
    users.erase(id.as_string());
  }
  return {};
}

Json list_groups(Call& call) {
  const std::string& email = kept(call, user_resource).at("email").as_string();
  std::vector<Json> groups;
  call.world.collection(user_group_resource.collection)
      .each([&](const std::string& id, const Json& group) {
        if (!call.world.links(names::group_members).contains({id, email})) return;
        groups.push_back(Json::object({{"id", id}, {"name", group.at("name")}}));
      });
  return page(call, groups);
}

Json give_user_permissions(Call& call, bool replace) {
  return one(call, give_permissions(call, user_resource, replace));
}

}  // namespace

void add_iam_users(Handlers& handlers) {
  handlers["listRoles"] = list_all(role_resource);
  handlers["listUsers"] = list_all(user_resource);
  handlers["getUser"] = get_one(user_resource);
  handlers["deleteUsers"] = delete_users;
  handlers["listUserGroupsFromUser"] = list_groups;
  handlers["addPermissionsToUser"] = [](Call& call) { return give_user_permissions(call, false); };
  handlers["replacePermissionsForUser"] = [](Call& call) {
    return give_user_permissions(call, true);
  };
  handlers["createInvites"] = create_invites;
  handlers["listInvites"] = list_invites;
  handlers["deleteInvites"] = delete_invites;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
