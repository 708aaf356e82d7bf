// Invites people to the workspace, each with a role for all of it.

#include <segment/segment.hpp>

#include <algorithm>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "connect.hpp"

namespace {

segment::Role find_role(const segment::Client& client, const std::string& part_of_name) {
  for (const segment::Role& role : client.iam_roles().list()) {
    if (role.name.find(part_of_name) != std::string::npos) return role;
  }
  throw std::runtime_error("no role is named like \"" + part_of_name + "\"");
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  if (connection.live()) throw std::runtime_error("this example sends invitations: sandbox only");
  const segment::Client client(connection.options());

  for (const segment::Role& role : client.iam_roles().list())
    std::cout << "a role: " << role.name << '\n';
  const segment::Workspace workspace = client.workspaces().get();
  const segment::Role role = find_role(client, "Workspace Member");
  const segment::InvitePermission permission{
      .role_id = role.id,
      .resources = {{segment::InviteResource{.id = workspace.id.text(),
                                             .type = segment::PermissionResourceType::workspace}}}};

  std::vector<segment::Invite> invites;
  for (const char* email : {"new.analyst@example.com", "new.engineer@example.com"}) {
    invites.push_back({.email = email, .permissions = {{permission}}});
  }
  for (const std::string& email : client.iam_users().create_invites({.invites = invites})) {
    std::cout << "invited " << email << " as " << role.name << '\n';
  }
  for (const std::string& email : client.iam_users().list_invites()) {
    std::cout << "not yet accepted: " << email << '\n';
  }
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}
