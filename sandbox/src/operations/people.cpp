#include "operations/people.hpp"

#include <algorithm>

#include "state/ids.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

struct Role {
  const char* name;
  const char* description;
};

constexpr Role roles[] = {
    {"Workspace Owner", "May do everything in the workspace."},
    {"Workspace Member", "May see the whole workspace and change nothing."},
    {"Minimal Workspace Access", "May enter the workspace and see nothing in it."},
    {"Source Admin", "May see and change the sources that it is given for."},
    {"Source Read-only", "May see the sources that it is given for."},
    {"Warehouse Admin", "May see and change the warehouses that it is given for."},
    {"Function Admin", "May write and deploy the functions that it is given for."},
    {"Tracking Plan Admin", "May see and change every tracking plan."},
    {"Unify and Engage Admin", "May see and change the spaces that it is given for."},
};

std::string role_id(std::string_view name) { return made_up_id(name, 1); }
std::string user_id(std::string_view email) { return made_up_id(email, 1); }

void put_user(World& world, const char* name, const char* email, const char* role) {
  const Json resource = Json::object({{"id", world.workspace_id()}, {"type", "WORKSPACE"}});
  const Json permission =
      Json::object({{"roleId", role_id(role)}, {"resources", Json::array({resource})}});
  const std::string id = user_id(email);
  world.collection(user_resource.collection)
      .put(id, Json::object({{"id", id},
                             {"name", name},
                             {"email", email},
                             {"permissions", Json::array({permission})}}));
}

constexpr const char* owner_email = "ada@example.com";

Json shown_user(World& world, const Json& kept) {
  Json shown = kept;
  shown["permissions"] = shown_permissions(world, kept.at("permissions"));
  return shown;
}

// Only users count: invited people are not members yet.
Json shown_group(World& world, const Json& kept) {
  Json shown = kept;
  const auto& members = world.links(names::group_members);
  shown["memberCount"] = std::ranges::count_if(members, [&](const auto& link) {
    return kept.at("id") == Json(link.first) && user_by_email(world, link.second) != nullptr;
  });
  shown["permissions"] = shown_permissions(world, kept.at("permissions"));
  return shown;
}

std::string email_title(const Json& kept) { return kept.at("email").as_string(); }

bool is_there(World& world, const std::string& type, const std::string& id) {
  if (type == "WORKSPACE") return id == world.workspace_id();
  if (type == "SOURCE") return world.collection(names::sources).contains(id);
  if (type == "WAREHOUSE") return world.collection(names::warehouses).contains(id);
  if (type == "FUNCTION") return world.collection(names::functions).contains(id);
  return world.collection(names::spaces).contains(id);
}

// There is one permission per role, which combines all resources of that role.
void add_permission(Json::Array& held, const Json& permission) {
  const auto same = std::ranges::find_if(
      held, [&](const Json& own) { return own.at("roleId") == permission.at("roleId"); });
  if (same == held.end()) {
    held.push_back(permission);
    return;
  }
  auto& resources = (*same)["resources"].as_array();
  for (const Json& resource : permission.at("resources").as_array()) {
    if (std::ranges::find(resources, resource) == resources.end()) resources.push_back(resource);
  }
}

void take_out(Json::Array& held, const std::string& id) {
  std::erase_if(held, [&](Json& permission) {
    Json* resources = permission.find("resources");
    if (resources == nullptr) return false;
    const auto gone = [&](const Json& resource) { return resource.at("id") == Json(id); };
    return std::erase_if(resources->as_array(), gone) > 0 && resources->empty();
  });
}

}  // namespace

constexpr Resource role_resource{.collection = names::roles, .what = "role"};
constexpr Resource user_resource{
    .collection = names::users, .what = "user", .shown = &shown_user, .title = &email_title};
constexpr Resource user_group_resource{
    .collection = names::user_groups, .what = "user group", .shown = &shown_group};

void fill_people(World& world) {
  auto& collection = world.collection(role_resource.collection);
  if (collection.size() != 0) return;
  for (const Role& role : roles) {
    const std::string id = role_id(role.name);
    collection.put(
        id, Json::object({{"id", id}, {"name", role.name}, {"description", role.description}}));
  }
  put_user(world, "Ada Lovelace", owner_email, "Workspace Owner");
}

void add_team(World& world) {
  put_user(world, "Grace Hopper", "grace@example.com", "Workspace Member");
  put_user(world, "Alan Turing", "alan@example.com", "Source Admin");
  put_user(world, "Edith Clarke", "edith@example.com", "Warehouse Admin");
}

std::string owner_id() { return user_id(owner_email); }

const Json* user_by_email(World& world, const std::string& email) {
  return world.collection(user_resource.collection).find(user_id(email));
}

Json shown_permissions(World& world, const Json& kept) {
  Json all = Json::array();
  for (const Json& permission : kept.as_array()) {
    const std::string& id = permission.at("roleId").as_string();
    Json shown = Json::object({{"roleName", sandbox::kept(world, role_resource, id).at("name")}});
    for (const auto& member : permission.as_object()) shown[member.name] = member.value;
    all.push_back(std::move(shown));
  }
  return all;
}

void check_permissions(Call& call, const Json& permissions, const std::string& field) {
  for (std::size_t i = 0; i < permissions.size(); ++i) {
    const std::string here = field + "." + std::to_string(i);
    const Json& permission = permissions.at(i);
    const auto& known_roles = call.world.collection(role_resource.collection);
    if (!known_roles.contains(permission.at("roleId").as_string())) {
      throw invalid(here + ".roleId", "does not name a role");
    }
    const Json* resources = permission.find("resources");
    for (std::size_t j = 0; resources != nullptr && j < resources->size(); ++j) {
      const Json& resource = resources->at(j);
      const std::string& type = resource.at("type").as_string();
      if (is_there(call.world, type, resource.at("id").as_string())) continue;
      throw invalid(here + ".resources." + std::to_string(j) + ".id",
                    "names something that does not exist");
    }
  }
}

Json give_permissions(Call& call, const Resource& resource, bool replace) {
  Json& owner = kept(call, resource);
  const Json& given = call.body.at("permissions");
  check_permissions(call, given, "permissions");
  auto& held = owner["permissions"].as_array();
  if (replace) held.clear();
  for (const Json& permission : given.as_array()) add_permission(held, permission);
  touch(call, resource, owner);
  return shown_permissions(call.world, held);
}

void leave_groups(World& world, const std::string& email) {
  std::erase_if(world.links(names::group_members),
                [&](const auto& link) { return link.second == email; });
}

void forget_permissions_for(World& world, const std::string& id) {
  for (std::string_view holders : {names::users, names::user_groups, names::invites}) {
    world.collection(holders).each([&](const std::string&, Json& holder) {
      if (Json* held = holder.find("permissions")) take_out(held->as_array(), id);
    });
  }
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
