#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "operations/functions.hpp"
#include "operations/registry.hpp"
#include "segment/types/timestamp.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

Json shown_version(World&, const Json& kept) {
  Json shown = kept;
  shown.erase("functionId");
  return shown;
}

std::string id_title(const Json& kept) { return kept.at("id").as_string(); }

const Json& function_of(Call& call) {
  return kept(call.world, function_resource, call.path.front());
}

Json& version_of(Call& call, const Json& function, const std::string& id) {
  Json& version = kept(call.world, function_version_resource, id);
  if (version.at("functionId") != function.at("id")) {
    throw not_found(function_version_resource.what);
  }
  return version;
}

Json get_version(Call& call) {
  return one(call,
             shown_version(call.world, version_of(call, function_of(call), call.path.back())));
}

Json list_versions(Call& call) {
  const Json& function = function_of(call);
  auto things = call.world.collection(function_version_resource.collection).all([&](const Json& v) {
    return v.at("functionId") == function.at("id");
  });
  std::ranges::reverse(things);  // newest first
  for (Json& thing : things) thing = shown_version(call.world, thing);
  return page(call, things);
}

// History only grows: restoring a version creates a new one with the old code.
Json restore_version(Call& call) {
  const Json& function = function_of(call);
  const Json old = version_of(call, function, call.body.at("versionId").as_string());
  const Json& version = add_version(call, function, old.at("code"));
  touch(call, function_resource, function);
  return one(call, shown_version(call.world, version));
}

}  // namespace

constexpr Resource function_version_resource{.collection = names::function_versions,
                                             .what = "function version",
                                             .shown = &shown_version,
                                             .title = &id_title};

Json& add_version(Call& call, const Json& function, const Json& code) {
  const std::string id = call.world.ids().next(function_version_resource.what);
  const std::string now = Timestamp(call.now).text();
  return call.world.collection(function_version_resource.collection)
      .put(id, Json::object({{"id", id},
                             {"functionId", function.at("id")},
                             {"author", function.at("createdBy")},
                             {"code", code},
                             {"isDeployed", false},
                             {"createdAt", now},
                             {"updatedAt", now}}));
}

Json& latest_version(World& world, const Json& function) {
  Json* latest = nullptr;
  world.collection(function_version_resource.collection)
      .each([&](const std::string&, Json& version) {
        if (version.at("functionId") == function.at("id")) latest = &version;
      });
  if (latest == nullptr) throw not_found(function_version_resource.what);
  return *latest;
}

void add_function_versions(Handlers& handlers) {
  handlers["getFunctionVersion"] = get_version;
  handlers["listFunctionVersions"] = list_versions;
  handlers["restoreFunctionVersion"] = restore_version;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
