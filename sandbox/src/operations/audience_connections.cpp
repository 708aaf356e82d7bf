#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "operations/activations.hpp"
#include "operations/audiences.hpp"
#include "operations/progress.hpp"
#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "operations/settings.hpp"
#include "operations/spaces.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

constexpr Resource connection_resource{.collection = names::audience_connections,
                                       .what = "connection"};

namespace {

constexpr std::size_t most_rules = 5;

bool is_warehouse(const Json& connection) { return connection.at("type") == Json("warehouse"); }

// Throws a 422 if the destination that the body names does not exist.
void check_target(Call& call, const Json& target) {
  const std::string& type = target.at("type").as_string();
  if (type != "destination" && type != "warehouse") {
    throw invalid("destination.type", "must be destination or warehouse");
  }
  const auto collection = type == "warehouse" ? names::warehouses : names::destinations;
  if (!call.world.collection(collection).contains(target.at("id").as_string())) {
    throw invalid("destination.id", "names something that does not exist");
  }
}

void check_rules(const Json* rules) {
  if (rules == nullptr) return;
  if (rules->size() > most_rules) throw invalid("idSyncConfiguration", "has more than five rules");
  for (std::size_t i = 0; i < rules->size(); ++i) {
    const Json& strategy = rules->at(i).at("strategy");
    if (strategy != Json("first") && strategy != Json("last") && strategy != Json("all")) {
      throw invalid("idSyncConfiguration." + std::to_string(i) + ".strategy",
                    "must be first, last or all");
    }
  }
}

Json usual_rules() {
  return Json::array({Json::object({{"externalId", "email"}, {"strategy", "last"}}),
                      Json::object({{"externalId", "user_id"}, {"strategy", "last"}})});
}

std::vector<Json> connections_of(Call& call) {
  return call.world.collection(connection_resource.collection).all([&](const Json& each) {
    return each.at("audienceId") == call.path.at(1);
  });
}

Json settings_of(const Json& connection) {
  const Json* settings = connection.find("connectionSettings");
  return settings != nullptr ? *settings : Json();
}

Json add_destination(Call& call) {
  audience_of(call);
  const Json& target = call.body.at("destination");
  check_target(call, target);
  check_rules(call.given("idSyncConfiguration"));
  for (const Json& each : connections_of(call)) {
    if (each.at("destinationId") == target.at("id")) {
      throw conflict("The audience is already connected to this destination.");
    }
  }
  const Json* rules = call.given("idSyncConfiguration");
  const Json* settings = call.given("connectionSettings");
  const std::string id = call.world.ids().next(connection_resource.what);
  const Json& made = call.world.collection(connection_resource.collection)
                         .put(id, Json::object({
                                      {"id", id},
                                      {"audienceId", call.path.at(1)},
                                      {"destinationId", target.at("id")},
                                      {"type", target.at("type")},
                                      {"createdAt", time_text(call.now)},
                                      {"updatedAt", time_text(call.now)},
                                      {"idSyncConfiguration", rules ? *rules : usual_rules()},
                                      {"connectionSettings", settings ? *settings : Json()},
                                  }));
  return Json::object({{"connection", Json::object({{"id", id}})},
                       {"idSyncConfiguration", made.at("idSyncConfiguration")},
                       {"connectionSettings", settings_of(made)}});
}

Json shown_connection(Call& call, const Json& connection) {
  const Json& target = target_of(call, connection);
  const Json& kind = target_kind(call, connection);
  const Json* source = target.find("sourceId");
  const Json* name = target.find("name");
  Json shown = connection;
  shown.erase("audienceId");
  shown.erase("type");
  shown["name"] = name != nullptr ? *name : kind.at("name");
  // A warehouse has no source: the audience has its own one for it, which is in no list.
  shown["sourceId"] = source != nullptr ? *source : Json(made_up_id("audience source", 1));
  shown["enabled"] = target.at("enabled");
  shown["settings"] = masked(target.at("settings"));
  shown["metadata"] =
      Json::object({{"id", kind.at("id")}, {"name", kind.at("name")}, {"slug", kind.at("slug")}});
  return shown;
}

Json list_connections(Call& call) {
  audience_of(call);
  std::vector<Json> all;
  for (const Json& connection : connections_of(call)) {
    all.push_back(shown_connection(call, connection));
  }
  return page(call, all);
}

// Empty members change nothing.
Json update_destination(Call& call) {
  audience_of(call);
  Json& connection = connection_of(call, call.path.at(2));
  const Json* rules = call.given("idSyncConfiguration");
  const Json* settings = call.given("connectionSettings");
  if (rules == nullptr && settings == nullptr) {
    throw refuse(400, "bad-request", "Neither of the two members is set.");
  }
  check_rules(rules);
  if (rules != nullptr && !rules->empty()) connection["idSyncConfiguration"] = *rules;
  const bool empty = settings != nullptr && settings->is_object() && settings->empty();
  if (settings != nullptr && !empty) connection["connectionSettings"] = *settings;
  connection["updatedAt"] = time_text(call.now);
  return Json::object({{"destination", Json::object({{"id", connection.at("destinationId")}})},
                       {"idSyncConfiguration", connection.at("idSyncConfiguration")},
                       {"connectionSettings", settings_of(connection)}});
}

Json remove_destination(Call& call) {
  audience_of(call);
  const std::string id = connection_of(call, call.path.at(2)).at("id").as_string();
  const auto active =
      call.world.collection(activation_resource.collection).all([&](const Json& each) {
        return each.at("connectionId") == id;
      });
  if (!active.empty()) throw conflict("The connection has activations.");
  call.world.collection(connection_resource.collection).erase(id);
  return {};
}

// The kinds that audiences of a type can be activated to, by slug: every kind that has actions.
Json list_supported(Call& call) {
  const std::string& type = call.path.at(1);
  if (type != "USERS" && type != "ACCOUNTS" && type != "LINKED") {
    throw invalid("audienceType", "must be ACCOUNTS, LINKED or USERS");
  }
  const Json* slug = call.query.find("slug");
  const Json* action_id = call.query.find("actionId");
  Json supported = Json::object();
  call.world.collection(names::destination_kinds).each([&](const std::string&, const Json& kind) {
    if (slug != nullptr && kind.at("slug") != *slug) return;
    bool has_action = action_id == nullptr;
    for (const Json& action : kind.at("actions").as_array()) {
      has_action = has_action || action.at("id") == *action_id;
    }
    if (!has_action) return;
    supported[kind.at("slug").as_string()] = Json::object(
        {{"id", kind.at("id")}, {"name", kind.at("name")}, {"actions", kind.at("actions")}});
  });
  return one(call, std::move(supported));
}

}  // namespace

Json& connection_of(Call& call, std::string_view id) {
  Json* found = nullptr;
  call.world.collection(connection_resource.collection)
      .each([&](const std::string& own_id, Json& each) {
        if (each.at("audienceId") != call.path.at(1)) return;
        if (own_id == id || each.at("destinationId").as_string() == id) found = &each;
      });
  if (found == nullptr) throw not_found(connection_resource.what);
  return *found;
}

const Json& target_of(Call& call, const Json& connection) {
  const Resource& resource = is_warehouse(connection) ? warehouse_resource : destination_resource;
  return kept(call.world, resource, connection.at("destinationId").as_string());
}

const Json& target_kind(Call& call, const Json& connection) {
  const Resource& resource = is_warehouse(connection) ? warehouse_kind : destination_kind;
  return kept(call.world, resource, target_of(call, connection).at("metadataId").as_string());
}

void add_audience_connections(Handlers& handlers) {
  handlers["addDestinationToAudience"] = in_space(add_destination);
  handlers["listDestinationsFromAudience"] = in_space(list_connections);
  handlers["updateDestinationForAudience"] = in_space(update_destination);
  handlers["removeDestinationFromAudience"] = in_space(remove_destination);
  handlers["listSupportedDestinationsFromAudience"] = in_space(list_supported);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
