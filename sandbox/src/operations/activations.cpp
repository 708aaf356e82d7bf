#include "operations/activations.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "operations/audiences.hpp"
#include "operations/progress.hpp"
#include "operations/registry.hpp"
#include "operations/spaces.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

constexpr Resource activation_resource{.collection = names::activations, .what = "activation"};

namespace {

constexpr std::array<std::string_view, 7> activation_types = {
    "Audience Entered", "Audience Exited", "Audience Membership Changed",
    "Entity Added",     "Entity Removed",  "Entity Values Changed",
    "All Events"};

// The whole audience is sent again for a while, then only changes.
Json shown_activation(const Call& call, const Json& kept) {
  Json shown = kept;
  const Json* resync = kept.find("resyncSince");
  shown["performResync"] = resync != nullptr && age(call, *resync) < job_done;
  shown.erase("resyncSince");
  return shown;
}

void check_activation_type(const Call& call) {
  const std::string& type = call.body.at("activationType").as_string();
  if (std::ranges::find(activation_types, type) == activation_types.end()) {
    throw invalid("activationType", "is not a type of activation");
  }
}

// Each given part replaces the stored one as a whole.
void set_personalization(Call& call, Json& activation) {
  const Json* given = call.given("personalization");
  if (given == nullptr) return;
  const Json& audience = audience_of(call);
  if (given->contains("entities") && audience.at("audienceType") != Json("LINKED")) {
    throw refuse(400, "bad-request", "Only activations of linked audiences have entities.");
  }
  Json& stored = activation["personalization"];
  for (const auto& part : given->as_object()) stored[part.name] = part.value;
  if (!stored["profile"].contains("properties")) {
    stored["profile"]["properties"] = Json::array();
  }
}

// The action stays the original one; fields that are given get their new values.
void set_mapping(Call& call, Json& activation) {
  const Json* given = call.given("destinationMapping");
  if (given == nullptr) return;
  Json* stored = activation.find("destinationMapping");
  if (stored == nullptr) {
    const Json& connection = connection_of(call, activation.at("connectionId").as_string());
    const Json* actions = target_kind(call, connection).find("actions");
    const bool known =
        actions != nullptr && std::ranges::any_of(actions->as_array(), [&](const Json& action) {
          return action.at("id") == given->at("actionId");
        });
    if (!known) throw invalid("destinationMapping.actionId", "names no action of the destination");
    activation["destinationMapping"] =
        Json::object({{"actionId", given->at("actionId")}, {"settings", Json::object()}});
    stored = activation.find("destinationMapping");
  }
  const Json* settings = given->find("settings");
  if (settings == nullptr) return;
  for (const auto& field : settings->as_object()) (*stored)["settings"][field.name] = field.value;
}

void resync(const Call& call, Json& activation) {
  const Json* wanted = call.given("performResync");
  if (wanted != nullptr && wanted->as_bool()) activation["resyncSince"] = time_text(call.now);
}

Json add_activation(Call& call) {
  audience_of(call);
  const Json& connection = connection_of(call, call.path.at(2));
  check_activation_type(call);
  const std::string& name = call.body.at("activationName").as_string();
  if (name.empty()) throw invalid("activationName", "must not be empty");
  const Json* enabled = call.given("enabled");
  const Json* label = call.given("displayName");
  Json fresh =
      Json::object({{"id", nullptr},
                    {"enabled", enabled != nullptr ? *enabled : Json(true)},
                    {"workspaceId", call.world.workspace_id()},
                    {"spaceId", call.path.at(0)},
                    {"audienceId", call.path.at(1)},
                    {"connectionId", connection.at("id")},
                    {"activationType", call.body.at("activationType")},
                    {"activationName", name},
                    {"displayName", label != nullptr ? *label : Json()},
                    {"personalization",
                     Json::object({{"profile", Json::object({{"properties", Json::array()}})}})}});
  set_personalization(call, fresh);
  set_mapping(call, fresh);
  resync(call, fresh);
  const std::string id = call.world.ids().next(activation_resource.what);
  fresh["id"] = id;
  auto& all = call.world.collection(activation_resource.collection);
  return one(call, shown_activation(call, all.put(id, std::move(fresh))));
}

Json& activation_of(Call& call) {
  audience_of(call);
  Json& activation = kept(call.world, activation_resource, call.path.at(2));
  if (activation.at("audienceId") != call.path.at(1)) throw not_found(activation_resource.what);
  return activation;
}

Json get_activation(Call& call) { return one(call, shown_activation(call, activation_of(call))); }

Json update_activation(Call& call) {
  Json& activation = activation_of(call);
  Json changed = activation;  // all or nothing
  if (const Json* enabled = call.given("enabled")) changed["enabled"] = *enabled;
  const Json* name = call.given("activationName");
  if (name != nullptr && !name->as_string().empty()) changed["activationName"] = *name;
  if (const Json* label = call.given("displayName")) changed["displayName"] = *label;
  set_personalization(call, changed);
  set_mapping(call, changed);
  resync(call, changed);
  activation = std::move(changed);
  return one(call, shown_activation(call, activation));
}

Json remove_activation(Call& call) {
  activation_of(call);
  call.world.collection(activation_resource.collection).erase(call.path.at(2));
  return one(call, "SUCCESS");
}

Json list_activations(Call& call) {
  audience_of(call);
  auto all = call.world.collection(activation_resource.collection).all([&](const Json& each) {
    return each.at("audienceId") == call.path.at(1);
  });
  for (Json& activation : all) activation = shown_activation(call, activation);
  return page(call, all);
}

}  // namespace

void add_activations(Handlers& handlers) {
  handlers["addActivationToAudience"] = in_space(add_activation);
  handlers["listActivationsFromAudience"] = in_space(list_activations);
  handlers["getActivationFromAudience"] = in_space(get_activation);
  handlers["updateActivationForAudience"] = in_space(update_activation);
  handlers["removeActivationFromAudience"] = in_space(remove_activation);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
