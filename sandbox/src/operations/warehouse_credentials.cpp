#include "operations/warehouse_credentials.hpp"

#include <utility>

#include "operations/resources.hpp"
#include "segment/types/timestamp.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

const Json* shared_credential(const Json& warehouse) {
  return warehouse.at("settings").find("credentialId");
}

// Under an id derived from the warehouse's; what is only validated has none.
std::string own_credential(const Json& warehouse) {
  const Json* id = warehouse.find("id");
  return id != nullptr ? "own-" + id->as_string() : std::string();
}

std::string kind_for(Call& call, const Json& credential) {
  const std::string& type = credential.at("settings").at("type").as_string();
  std::string id;
  call.world.collection(names::warehouse_kinds).each([&](const std::string& key, const Json& kind) {
    if (kind.at("slug") == Json(detail::lower(type))) id = key;
  });
  if (id.empty()) throw invalid("credentialId", "does not fit any kind of warehouse");
  return id;
}

}  // namespace

std::string credential_of(const Json& warehouse) {
  const Json* shared = shared_credential(warehouse);
  return shared != nullptr && shared->is_string() ? shared->as_string() : own_credential(warehouse);
}

void reach_with(Call& call, Json& warehouse, const std::string& credential) {
  const Json* kept = call.world.collection(names::credentials).find(credential);
  if (kept == nullptr) throw invalid("credentialId", "names something that does not exist");
  warehouse["metadataId"] = kind_for(call, *kept);
  warehouse["settings"] = Json::object({{"credentialId", credential}});
}

void renew_own_credential(Call& call, const Json& warehouse) {
  if (shared_credential(warehouse) != nullptr) return;
  const Json& kind = kept(call.world, warehouse_kind, warehouse.at("metadataId").as_string());
  Json settings = warehouse.at("settings");
  settings["type"] = kind.at("name");
  const Json* name = warehouse.find("name");
  const std::string id = own_credential(warehouse);
  call.world.collection(names::credentials)
      .put(id, Json::object({{"id", id},
                             {"name", name != nullptr ? *name : kind.at("name")},
                             {"settings", std::move(settings)},
                             {"createdAt", warehouse.at("createdAt")},
                             {"updatedAt", Timestamp(call.now).text()},
                             {"warehouseId", warehouse.at("id")}}));
}

Json settings_to_reach(World& world, const Json& warehouse) {
  const Json* credential = world.collection(names::credentials).find(credential_of(warehouse));
  Json settings = credential != nullptr ? credential->at("settings") : Json::object();
  for (const auto& own : warehouse.at("settings").as_object()) settings[own.name] = own.value;
  return settings;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
