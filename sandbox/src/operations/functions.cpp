#include "operations/functions.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "operations/people.hpp"
#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "segment/types/timestamp.hpp"
#include "state/kinds.hpp"
#include "state/ties.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

constexpr std::string_view instance_prefix = "sfn_";

// Ids indicate the kind of function.
std::string prefix_of(const std::string& type) {
  if (type == "SOURCE") return "sfnc_";
  if (type == "DESTINATION") return "dfn_";
  return type == "INSERT_SOURCE" ? "ifns_" : "ifnd_";
}

bool is_source_function(const Json& function) {
  return function.at("resourceType") == Json("SOURCE");
}

// A source function is a kind of source in the catalog of its own workspace.
void add_to_catalog(World& world, const Json& function) {
  const std::string& id = function.at("catalogId").as_string();
  const std::string& name = function.at("displayName").as_string();
  world.collection(names::source_kinds)
      .put(id, Json::object({{"id", id},
                             {"name", name},
                             {"slug", id},
                             {"description", "A source function."},
                             {"logos", logos(id)},
                             {"options", Json::array()},
                             {"categories", Json::array({"Functions"})},
                             {"isCloudEventSource", true},
                             {"status", "PRIVATE_BUILDING"},
                             {"partnerOwned", false}}));
}

Json shown_function(World& world, const Json& kept) {
  const Json& latest = latest_version(world, kept);
  Json shown = kept;
  shown["code"] = latest.at("code");
  shown["isLatestVersion"] = latest.at("isDeployed");
  return shown;
}

std::string title(const Json& kept) { return kept.at("displayName").as_string(); }

void put_name(Call& call, Json& function) {
  const Json* name = call.given("displayName");
  if (name == nullptr) return;
  if (name->as_string().empty()) throw invalid("displayName", "must not be empty");
  const bool is_destination = function.at("resourceType") == Json("DESTINATION");
  const std::string& workspace = call.world.workspace().at("name").as_string();
  function["displayName"] =
      name->as_string() + (is_destination ? " (" + workspace + ")" : std::string());
}

void put_members(Call& call, Json& function) {
  put_name(call, function);
  for (const char* member : {"settings", "logoUrl", "description"}) {
    if (const Json* given = call.given(member)) function[member] = *given;
  }
}

Json create_function(Call& call) {
  Json fresh = Json::object({{"resourceType", call.body.at("resourceType")},
                             {"settings", Json::array()},
                             {"createdAt", Timestamp(call.now).text()},
                             {"createdBy", owner_id()},
                             {"deployedAt", nullptr}});
  put_members(call, fresh);
  const std::string text = call.world.ids().next(function_resource.what);
  const std::string id = prefix_of(call.body.at("resourceType").as_string()) + text;
  fresh["id"] = id;
  fresh["catalogId"] = text;
  const Json& function =
      call.world.collection(function_resource.collection).put(id, std::move(fresh));
  if (is_source_function(function)) add_to_catalog(call.world, function);
  add_version(call, function, call.body.at("code"));
  touch(call, function_resource, function);
  return one(call, shown_function(call.world, function));
}

void change_function(Call& call, Json& function) {
  put_members(call, function);
  const Json* code = call.given("code");
  if (code != nullptr && *code != latest_version(call.world, function).at("code")) {
    add_version(call, function, *code);
  }
}

Json list_functions(Call& call) {
  auto things = call.world.collection(function_resource.collection).all([&](const Json& function) {
    return function.at("resourceType") == call.query.at("resourceType");
  });
  for (Json& thing : things) {
    thing.erase("settings");
    thing.erase("deployedAt");
  }
  return page(call, things);
}

// Instances name their function by a part of the id only.
void forget_function(Call& call, const Json& function) {
  const std::string& id = function.at("id").as_string();
  const Json own_class = class_id(id);
  auto& instances = call.world.collection(function_instance_resource.collection);
  for (const Json& gone :
       instances.all([&](const Json& i) { return i.at("classId") == own_class; })) {
    instances.erase(gone.at("id").as_string());
  }
  if (is_source_function(function)) {
    const std::string& kind = function.at("catalogId").as_string();
    call.world.collection(names::source_kinds).erase(kind);
    forget_what_belonged_to(call.world, names::source_kinds, kind);
  }
  forget_permissions_for(call.world, id);
}

// The function that a source is an instance of.
Json& function_at(Call& call, std::string_view source) {
  const Json kind = kept(call.world, source_resource, source).at("metadataId");
  Json* found = nullptr;
  call.world.collection(function_resource.collection).each([&](const std::string&, Json& function) {
    if (is_source_function(function) && function.at("catalogId") == kind) found = &function;
  });
  if (found == nullptr)
    throw invalid("functionId", "names a source that does not belong to a function");
  return *found;
}

Json deploy(Call& call) {
  const std::string& instance = call.path.front();
  if (!instance.starts_with(instance_prefix)) {
    throw invalid("functionId", "must be `sfn_` and the id of a source of the function");
  }
  Json& function = function_at(call, std::string_view(instance).substr(instance_prefix.size()));
  const std::string now = Timestamp(call.now).text();
  call.world.collection(function_version_resource.collection)
      .each([&](const std::string&, Json& version) {
        if (version.at("functionId") == function.at("id")) version["isDeployed"] = false;
      });
  Json& latest = latest_version(call.world, function);
  latest["isDeployed"] = true;
  latest["deployedAt"] = now;
  function["deployedAt"] = now;
  touch(call, function_resource, function);
  return one(call, Json::object({{"status", "SUCCESS"}}));
}

}  // namespace

constexpr Resource function_resource{
    .collection = names::functions, .what = "function", .shown = &shown_function, .title = &title};

std::string class_id(std::string_view function_id) {
  return std::string(function_id.substr(function_id.find('_') + 1));
}

void add_functions(Handlers& handlers) {
  handlers["createFunction"] = create_function;
  handlers["listFunctions"] = list_functions;
  handlers["getFunction"] = get_one(function_resource);
  handlers["updateFunction"] = update_one(function_resource, change_function);
  handlers["deleteFunction"] = remove_one(function_resource, forget_function);
  handlers["createFunctionDeployment"] = deploy;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
