#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/pages.hpp"
#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "operations/settings.hpp"
#include "segment/types/timestamp.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

Json shown_credential(World& world, const Json& kept) {
  Json shown = kept;
  shown.erase("warehouseId");
  shown["workspaceId"] = world.workspace_id();
  shown["settings"] = masked(kept.at("settings"));
  return shown;
}

constexpr Resource credential{
    .collection = names::credentials, .what = "credential", .shown = &shown_credential};

void fill_credential(Call& call, Json& fresh) {
  const Json* type = call.body.at("settings").find("type");
  if (type == nullptr || !type->is_string() || type->as_string().empty()) {
    throw invalid("settings.type", "is required");
  }
  fresh["name"] = call.body.at("name");
  fresh["settings"] = new_settings(call.given("settings"));
  fresh["createdAt"] = Timestamp(call.now).text();
  fresh["updatedAt"] = Timestamp(call.now).text();
}

void change_credential(Call& call, Json& thing) {
  if (const Json* settings = call.given("settings")) {
    const Json* type = settings->find("type");
    if (type != nullptr && *type != thing.at("settings").at("type")) {
      throw invalid("settings.type", "cannot be changed");
    }
  }
  merge_body(call, thing);
  thing["updatedAt"] = Timestamp(call.now).text();
}

// One that belongs to a single warehouse is in no list.
Json list_credentials(Call& call) {
  auto things = call.world.collection(credential.collection).all([](const Json& thing) {
    return !thing.contains("warehouseId");
  });
  for (Json& thing : things) thing = shown(call.world, credential, thing);
  return page(call, things);
}

// Consumers of a credential name it in their settings; how it gets there is not documented.
std::vector<Json> consumers(Call& call, const Resource& kind) {
  const Json* owner = kept(call, credential).find("warehouseId");
  auto things = call.world.collection(kind.collection).all([&](const Json& thing) {
    if (owner != nullptr && *owner == thing.at("id")) return true;
    const Json* used = thing.at("settings").find("credentialId");
    return used != nullptr && *used == Json(call.path.front());
  });
  for (Json& thing : things) thing = shown(call.world, kind, thing);
  return things;
}

Json remove_credential(Call& call) {
  static const Handler remove = remove_one(credential);
  kept(call, credential);
  if (!consumers(call, warehouse_resource).empty() || !consumers(call, source_resource).empty()) {
    throw conflict("The credential is in use.");
  }
  return remove(call);
}

std::size_t start_of(const Call& call, const std::string& list) {
  const Json* cursor = query_parameter(call.query, list + ".cursor");
  if (cursor == nullptr) return 0;
  const auto offset = offset_of(cursor->as_string());
  if (!offset) throw invalid(list + ".cursor", "is not a cursor of this list");
  return *offset;
}

std::size_t size_of(const Call& call, const std::string& list) {
  constexpr std::int64_t most = 1000;
  const Json* count = query_parameter(call.query, list + ".count");
  if (count == nullptr) return default_page_size;
  if (count->as_integer() < 1 || count->as_integer() > most) {
    throw invalid(list + ".count", "must be from 1 to " + std::to_string(most));
  }
  return static_cast<std::size_t>(count->as_integer());
}

// One response contains two lists, each with cursors of its own.
void add_list(const Call& call, Json& answer, const std::string& name,
              const std::vector<Json>& things) {
  const std::string list = name + "Pagination";
  const std::size_t start = std::min(start_of(call, list), things.size());
  const std::size_t size = size_of(call, list);
  const std::size_t end = std::min(start + size, things.size());
  Json items = Json::array();
  for (std::size_t i = start; i < end; ++i) items.push_back(things[i]);
  answer[name] = std::move(items);
  answer[list] = pagination(call, start, size, things.size());
}

Json list_credential_consumers(Call& call) {
  kept(call, credential);
  Json answer = Json::object();
  add_list(call, answer, "warehouses", consumers(call, warehouse_resource));
  add_list(call, answer, "sources", consumers(call, source_resource));
  return answer;
}

}  // namespace

void add_credentials(Handlers& handlers) {
  handlers["createCredential"] = create_one(credential, fill_credential);
  handlers["listCredentials"] = list_credentials;
  handlers["getCredential"] = get_one(credential);
  handlers["updateCredential"] = update_one(credential, change_credential);
  handlers["deleteCredential"] = remove_credential;
  handlers["listCredentialConsumers"] = list_credential_consumers;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
