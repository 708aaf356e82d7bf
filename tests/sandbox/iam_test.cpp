#include "timed.hpp"

namespace segment::sandbox::test {
namespace {

class SandboxPeople : public TimedSandbox {
 protected:
  SandboxPeople() : TimedSandbox(true) {}

  RoleId role(const std::string& name) const {
    for (const auto& role : client.iam_roles().list()) {
      if (role.name == name) return role.id;
    }
    return {};
  }
  User user(const std::string& email) const {
    for (const auto& user : client.iam_users().list()) {
      if (user.email == email) return user;
    }
    return {};
  }
  std::vector<std::string> invited() const { return all(client.iam_users().list_invites()); }
  PermissionInput reader(const Source& of) const {
    return {.role_id = role("Source Read-only"),
            .resources = {{{.id = of.id.text(), .type = PermissionResourceType::source}}}};
  }
};

TEST_F(SandboxPeople, ExistFromTheStart) {
  EXPECT_GE(all(client.iam_roles().list()).size(), 5U);
  EXPECT_EQ(all(client.iam_users().list()).size(), 4U);
  const User owner = user("ada@example.com");
  ASSERT_EQ(owner.permissions->size(), 1U);
  EXPECT_EQ(owner.permissions->front().role_name, "Workspace Owner");
  EXPECT_EQ(client.iam_users().get(owner.id), owner);
  EXPECT_EQ(all(client.iam_groups().list()).front().member_count, 2);
}

TEST_F(SandboxPeople, AreInvitedOnce) {
  const Source made = source();
  const InvitePermission permission{
      .role_id = role("Source Admin"),
      .resources = {{{.id = made.id.text(), .type = PermissionResourceType::source}}}};
  const Invite invite{.email = "new@example.com", .permissions = {{permission}}};
  EXPECT_EQ(client.iam_users().create_invites({.invites = {{invite}}}),
            std::vector<std::string>{"new@example.com"});
  EXPECT_EQ(invited().back(), "new@example.com");
  EXPECT_THROW(client.iam_users().create_invites({.invites = {{invite}}}), ConflictError);
  EXPECT_THROW(client.iam_users().create_invites({.invites = {{{.email = "ada@example.com"}}}}),
               ConflictError);
  client.iam_users().remove_invites({.emails = {{"new@example.com"}}});
  EXPECT_EQ(invited(), std::vector<std::string>{"mary@example.com"});
  EXPECT_THROW(client.iam_users().remove_invites({.emails = {{"new@example.com"}}}), NotFoundError);
}

TEST_F(SandboxPeople, AreInvitedAllOrNone) {
  const auto count = invited().size();
  EXPECT_EQ(refused_field([&] {
              client.iam_users().create_invites(
                  {.invites = {{{.email = "good@example.com"}, {.email = "not an address"}}}});
            }),
            "invites.1.email");
  const InvitePermission unknown{.role_id = RoleId{"none"}};
  EXPECT_EQ(refused_field([&] {
              client.iam_users().create_invites(
                  {.invites = {{{.email = "b@example.com", .permissions = {{unknown}}}}}});
            }),
            "invites.0.permissions.0.roleId");
  EXPECT_EQ(invited().size(), count);
}

TEST_F(SandboxPeople, CanHavePermissionsAddedOrReplaced) {
  const Source first = source("first");
  const Source second = source("second");
  const UserId id = user("grace@example.com").id;
  client.iam_users().add_permissions(id, {.permissions = {{reader(first)}}});
  const auto both = client.iam_users().add_permissions(id, {.permissions = {{reader(second)}}});
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[1].role_name, "Source Read-only");
  EXPECT_EQ(both[1].resources.size(), 2U);
  const auto only = client.iam_users().replace_permissions(id, {.permissions = {{reader(first)}}});
  ASSERT_EQ(only.size(), 1U);
  EXPECT_EQ(client.iam_users().get(id).permissions->size(), 1U);
  EXPECT_THROW(
      client.iam_users().add_permissions(UserId{"none"}, {.permissions = {{reader(first)}}}),
      NotFoundError);
}

TEST_F(SandboxPeople, GetPermissionsOnlyForExistingResources) {
  const UserId id = user("grace@example.com").id;
  PermissionInput nowhere{.role_id = role("Source Admin"),
                          .resources = {{{.id = "none", .type = PermissionResourceType::source}}}};
  EXPECT_EQ(
      refused_field([&] { client.iam_users().add_permissions(id, {.permissions = {{nowhere}}}); }),
      "permissions.0.resources.0.id");
}

TEST_F(SandboxPeople, LeaveTheirGroupsWhenTheyAreRemoved) {
  const User grace = user("grace@example.com");
  const auto groups = all(client.iam_users().list_groups(grace.id));
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].name, "Data engineering");
  client.iam_users().remove({.user_ids = {{grace.id}}});
  EXPECT_THROW(client.iam_users().get(grace.id), NotFoundError);
  EXPECT_THROW(client.iam_users().remove({.user_ids = {{grace.id}}}), NotFoundError);
  EXPECT_EQ(client.iam_groups().get(groups[0].id).member_count, 1);
}

TEST_F(SandboxPeople, AlwaysHaveAnOwner) {
  const UserId owner = user("ada@example.com").id;
  EXPECT_EQ(refused_field([&] { client.iam_users().remove({.user_ids = {{owner}}}); }),
            "userIds.0");
}

TEST_F(SandboxPeople, CanBeGrouped) {
  const auto& groups = client.iam_groups();
  const UserGroup made = groups.create({.name = "Growth"});
  EXPECT_EQ(made.member_count, 0);
  EXPECT_THROW(groups.create({.name = "Growth"}), ConflictError);
  EXPECT_EQ(groups.update(made.id, {.name = "Growth and more"}).name, "Growth and more");
  const auto filled =
      groups.add_users(made.id, {.emails = {{"ada@example.com", "mary@example.com"}}});
  EXPECT_EQ(filled.member_count, 1);
  EXPECT_EQ(all(groups.list_users(made.id)).front().name, "Ada Lovelace");
  EXPECT_EQ(all(groups.list_invites(made.id)), std::vector<std::string>{"mary@example.com"});
  groups.replace_users(made.id, {.emails = {{"grace@example.com"}}});
  EXPECT_TRUE(all(groups.list_invites(made.id)).empty());
  groups.remove_users(made.id, {.emails = {{"grace@example.com"}}});
  EXPECT_THROW(groups.remove_users(made.id, {.emails = {{"grace@example.com"}}}), NotFoundError);
  EXPECT_EQ(groups.get(made.id).member_count, 0);
  EXPECT_EQ(refused_field([&] { groups.add_users(made.id, {.emails = {{"nobody@example.com"}}}); }),
            "emails.0");
  groups.remove(made.id);
  EXPECT_THROW(groups.get(made.id), NotFoundError);
}

TEST_F(SandboxPeople, CanBeGivenPermissionsByGroup) {
  const UserGroup made = client.iam_groups().create({.name = "Growth"});
  const Source of = source();
  client.iam_groups().add_permissions(made.id, {.permissions = {{reader(of)}}});
  const auto kept = client.iam_groups().get(made.id).permissions;
  ASSERT_EQ(kept->size(), 1U);
  EXPECT_EQ(kept->front().role_name, "Source Read-only");
  EXPECT_TRUE(client.iam_groups()
                  .replace_permissions(made.id, {.permissions = std::vector<PermissionInput>{}})
                  .empty());
}

}  // namespace
}  // namespace segment::sandbox::test
