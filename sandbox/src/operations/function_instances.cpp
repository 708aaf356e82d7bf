#include <string>
#include <vector>

#include "operations/functions.hpp"
#include "operations/registry.hpp"
#include "operations/settings.hpp"
#include "segment/types/timestamp.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

bool is_insert_function(const Json& function) {
  return function.at("resourceType").as_string().starts_with("INSERT_");
}

// The insert function whose id, without its prefix, this is.
const Json* function_of_class(World& world, const Json& wanted) {
  const Json* found = nullptr;
  world.collection(function_resource.collection)
      .each([&](const std::string& id, const Json& function) {
        if (is_insert_function(function) && wanted == Json(class_id(id))) found = &function;
      });
  return found;
}

[[noreturn]] void refuse_class() {
  throw invalid("functionId",
                "must be the id of an insert function without its `ifnd_` or `ifns_`");
}

bool is_secret(const Json& function, const std::string& name) {
  for (const Json& setting : function.at("settings").as_array()) {
    if (setting.at("name") == Json(name)) return setting.at("sensitive").as_bool();
  }
  return false;
}

// A secret is shown as an opaque text, which is different after each change.
void put_settings(Call& call, Json& instance) {
  const Json* function = function_of_class(call.world, instance.at("classId"));
  for (const auto& [name, value] : call.body.at("settings").as_object()) {
    const bool secret = function != nullptr && is_secret(*function, name);
    Json& settings = instance[secret ? "encryptedSettings" : "settings"];
    if (value.is_null()) {
      settings.erase(name);
    } else if (secret) {
      settings[name] = call.world.ids().next("encrypted setting", 44);
    } else {
      merge_settings(settings, Json::object({{name, value}}));
    }
  }
}

void fill_instance(Call& call, Json& fresh) {
  const Json& wanted = call.body.at("functionId");
  if (function_of_class(call.world, wanted) == nullptr) {
    refuse_class();
  }
  const std::string& place = call.body.at("integrationId").as_string();
  if (!call.world.collection(names::sources).contains(place) &&
      !call.world.collection(names::destinations).contains(place)) {
    throw invalid("integrationId", "names neither a source nor a destination");
  }
  const Json* enabled = call.given("enabled");
  fresh["name"] = call.body.at("name");
  fresh["integrationId"] = place;
  fresh["classId"] = wanted;
  fresh["enabled"] = enabled != nullptr ? *enabled : Json(false);
  fresh["createdAt"] = Timestamp(call.now).text();
  fresh["updatedAt"] = Timestamp(call.now).text();
  fresh["settings"] = Json::object();
  fresh["encryptedSettings"] = Json::object();
  put_settings(call, fresh);
}

void change_instance(Call& call, Json& instance) {
  for (const char* member : {"name", "enabled"}) {
    if (const Json* given = call.given(member)) instance[member] = *given;
  }
  put_settings(call, instance);
  instance["updatedAt"] = Timestamp(call.now).text();
}

Json list_instances(Call& call) {
  const Json& wanted = call.query.at("functionId");
  if (function_of_class(call.world, wanted) == nullptr) refuse_class();
  return page(call,
              call.world.collection(function_instance_resource.collection).all([&](const Json& i) {
                return i.at("classId") == wanted;
              }));
}

}  // namespace

constexpr Resource function_instance_resource{.collection = names::function_instances,
                                              .what = "insert function instance"};

void add_function_instances(Handlers& handlers) {
  const Resource& instance = function_instance_resource;
  handlers["createInsertFunctionInstance"] = create_one(instance, fill_instance);
  handlers["listInsertFunctionInstances"] = list_instances;
  handlers["getInsertFunctionInstance"] = get_one(instance);
  handlers["updateInsertFunctionInstance"] = update_one(instance, change_instance);
  handlers["deleteInsertFunctionInstance"] = remove_one(instance);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
