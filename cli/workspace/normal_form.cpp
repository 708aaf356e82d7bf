#include "workspace/normal_form.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "segment/helpers/text.hpp"

namespace segment::cli::workspace {

namespace {

// An order that is nobody's wish makes no difference.
void sort_by_text(Json& list) {
  std::ranges::sort(list.as_array(), {}, [](const Json& each) { return each.dump(); });
}

Json labels_in(const Json& list) {
  Json labels = Json::array();
  for (const Json& label : list.as_array()) {
    labels.push_back(
        Json::object({{"key", text_in(label, "key")}, {"value", text_in(label, "value")}}));
  }
  sort_by_text(labels);
  return labels;
}

// The one workspace that a permission can be for is the group's own.
Json resource_of(const Json& resource) {
  Json normal = Json::object({{"type", text_in(resource, "type")}});
  if (normal.at("type") != Json("WORKSPACE")) normal["id"] = text_in(resource, "id");
  const Json* labels = resource.find("labels");
  if (labels != nullptr && labels->is_array() && !labels->empty()) {
    normal["labels"] = labels_in(*labels);
  }
  return normal;
}

Json permissions_in(const Json& list) {
  Json permissions = Json::array();
  for (const Json& permission : list.as_array()) {
    std::string role = text_in(permission, "roleName");
    if (role.empty()) role = text_in(permission, "roleId");
    Json resources = Json::array();
    const Json* given = permission.find("resources");
    if (given != nullptr && given->is_array()) {
      for (const Json& resource : given->as_array()) resources.push_back(resource_of(resource));
    }
    sort_by_text(resources);
    permissions.push_back(
        Json::object({{"roleId", std::move(role)}, {"resources", std::move(resources)}}));
  }
  sort_by_text(permissions);
  return permissions;
}

// A response has it as `metadata`, a request as `metadataId`.
void put_catalog_id(const Json& item, Json& members) {
  const Json* metadata = item.find("metadata");
  if (members.contains("metadataId") || metadata == nullptr) return;
  std::string id = text_in(*metadata, "id");
  if (id.empty()) id = text_in(*metadata, "slug");
  if (!id.empty()) members["metadataId"] = std::move(id);
}

// Responses have the name of a warehouse among its settings, requests beside them.
void take_name_out_of_settings(Json& members) {
  Json* settings = members.find("settings");
  Json* name = settings != nullptr ? settings->find("name") : nullptr;
  if (name == nullptr) return;
  if (!members.contains("name")) members["name"] = *name;
  members["settings"].erase("name");
}

void take_off_workspace(const std::string& workspace, Json& members) {
  const std::string behind = " (" + workspace + ")";
  std::string name = text_in(members, "displayName");
  if (workspace.empty() || text_in(members, "resourceType") != "DESTINATION") return;
  if (name.size() <= behind.size() || !name.ends_with(behind)) return;
  name.resize(name.size() - behind.size());
  members["displayName"] = std::move(name);
}

Json members_of_text(const Kind& kind, const std::string& text) {
  if (kind.name == "group member") return Json::object({{"email", lower_case(text)}});
  return Json::object({{"sourceId", text}});
}

// Both lists of connections hold whole sources.
bool lists_sources(const Kind& kind) {
  return kind.name == "warehouse connection" || kind.name == "plan connection";
}

// One level down stands what the request has at its top.
const Json& holder_of_members(const Kind& kind, const Json& item) {
  const Json* settings = item.find("settings");
  return kind.name == "schema settings" && settings != nullptr ? *settings : item;
}

void put_in_one_form(const Kind& kind, const std::string& workspace, Json& members) {
  if (kind.name == "function") take_off_workspace(workspace, members);
  if (kind.name == "warehouse") take_name_out_of_settings(members);
  if (kind.name == "rule" && !members.contains("key")) members["key"] = "";
  if (kind.name == "group member") members["email"] = lower_case(text_in(members, "email"));
  for (auto& [name, value] : members.as_object()) {
    const KindMember* member = kind.find(name);
    if (member == nullptr || !value.is_array()) continue;
    if (member->form == MemberForm::labels) value = labels_in(value);
    if (member->form == MemberForm::permissions) value = permissions_in(value);
  }
}

}  // namespace

Json normal_form(const Kind& kind, const Json& item, const std::string& workspace) {
  if (item.is_string()) return members_of_text(kind, item.as_string());
  if (lists_sources(kind)) {
    const std::string id = text_in(item, "id");
    return members_of_text(kind, id.empty() ? text_in(item, "slug") : id);
  }
  const Json& holder = holder_of_members(kind, item);
  Json members = Json::object();
  for (const KindMember& member : kind.members) {
    const Json* value = holder.find(member.name);
    if (value == nullptr) value = item.find(member.name);
    if (value != nullptr) members[member.name] = *value;
  }
  if (kind.find("metadataId") != nullptr) put_catalog_id(item, members);
  put_in_one_form(kind, workspace, members);
  return members;
}

std::string catalog_name_of(const Json& item) {
  const Json* metadata = item.find("metadata");
  if (metadata == nullptr) return {};
  const std::string slug = text_in(*metadata, "slug");
  return slug.empty() ? text_in(*metadata, "name") : slug;
}

std::string text_in(const Json& object, std::string_view member) {
  const Json* value = object.find(member);
  return value != nullptr && value->is_string() ? value->as_string() : std::string();
}

}  // namespace segment::cli::workspace
