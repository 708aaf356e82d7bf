#include "workspace/normal_form.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "segment/helpers/text.hpp"

namespace segment::cli::workspace {

namespace {

// An order that means nothing makes no difference.
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

// A permission can only be for the group's own workspace.
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

// Responses have the name of a warehouse among its settings, requests next to them.
void take_out_of(std::string_view object, std::string_view name, Json& members) {
  Json* holder = members.find(object);
  const Json* value = holder != nullptr ? holder->find(name) : nullptr;
  if (value == nullptr) return;
  if (!members.contains(name)) members[name] = Json(*value);
  members[object].erase(name);
}

std::string without_workspace(std::string name, const std::string& workspace) {
  const std::string behind = " (" + workspace + ")";
  if (!workspace.empty() && name.size() > behind.size() && name.ends_with(behind)) {
    name.resize(name.size() - behind.size());
  }
  return name;
}

void put_in_form(const KindMember& member, const std::string& workspace, Json& members) {
  const std::string text = text_in(members, member.name);
  switch (member.form) {
    case MemberForm::plain:
      break;
    case MemberForm::labels:
    case MemberForm::permissions:
      if (Json* value = members.find(member.name); value != nullptr && value->is_array()) {
        *value = member.form == MemberForm::labels ? labels_in(*value) : permissions_in(*value);
      }
      break;
    case MemberForm::email:
      members[member.name] = lower_case(text);
      break;
    case MemberForm::text_if_absent:
      if (!members.contains(member.name)) members[member.name] = "";
      break;
    case MemberForm::function_name:  // source functions come without it
      if (text_in(members, "resourceType") == "DESTINATION") {
        members[member.name] = without_workspace(text, workspace);
      }
      break;
  }
}

void put_in_form(const Kind& kind, const std::string& workspace, Json& members) {
  for (const KindMember& member : kind.members) {
    if (!member.response_has_it_in.empty()) {
      take_out_of(member.response_has_it_in, member.name, members);
    }
    put_in_form(member, workspace, members);
  }
}

// A thing that is written as a text is identified by its first member.
Json members_of_text(const Kind& kind, std::string text) {
  return Json::object({{std::string(kind.members.front().name), std::move(text)}});
}

}  // namespace

Json normal_form(const Kind& kind, const Json& item, const std::string& workspace) {
  Json members = Json::object();
  if (item.is_string()) {
    members = members_of_text(kind, item.as_string());
  } else if (!kind.listed_as.empty()) {
    const std::string id = text_in(item, "id");
    members = members_of_text(kind, id.empty() ? text_in(item, "slug") : id);
  } else {
    const Json* holder = item.find(kind.members_in);
    for (const KindMember& member : kind.members) {
      const Json* value = holder != nullptr ? holder->find(member.name) : nullptr;
      if (value == nullptr) value = item.find(member.name);
      if (value != nullptr) members[member.name] = *value;
    }
    if (kind.find("metadataId") != nullptr) put_catalog_id(item, members);
  }
  put_in_form(kind, workspace, members);
  return members;
}

std::string catalog_name_of(const Json& item) {
  const Json* metadata = item.find("metadata");
  if (metadata == nullptr) return {};
  const std::string slug = text_in(*metadata, "slug");
  return slug.empty() ? text_in(*metadata, "name") : slug;
}

bool is_deployed(const Json& item) {
  const Json* deployed = item.find("isLatestVersion");
  return deployed == nullptr || !deployed->is_bool() || deployed->as_bool();
}

std::string text_in(const Json& object, std::string_view member) {
  const Json* value = object.find(member);
  return value != nullptr && value->is_string() ? value->as_string() : std::string();
}

}  // namespace segment::cli::workspace
