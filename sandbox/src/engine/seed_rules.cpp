#include "engine/seed_parts.hpp"

#include <utility>

#include "operations/functions.hpp"
#include "operations/people.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

Json object_schema(const char* property, const char* type) {
  const Json properties =
      Json::object({{"type", "object"},
                    {"properties", Json::object({{property, Json::object({{"type", type}})}})},
                    {"required", Json::array({property})}});
  return Json::object(
      {{"type", "object"}, {"properties", Json::object({{"properties", properties}})}});
}

Json rule(const char* type, const char* key, Json schema) {
  return Json::object(
      {{"type", type}, {"key", key}, {"jsonSchema", std::move(schema)}, {"version", 1}});
}

void add_plan(const MakeThing& make, const std::string& website) {
  const auto plan =
      make("createTrackingPlan",
           Json::object(
               {{"name", "Web shop"}, {"description", "What the shop sends."}, {"type", "LIVE"}}),
           {});
  const Json rules = Json::array({rule("TRACK", "Product viewed", object_schema("sku", "string")),
                                  rule("TRACK", "Order placed", object_schema("total", "number")),
                                  rule("IDENTIFY", "", object_schema("email", "string"))});
  make("replaceRulesInTrackingPlan", Json::object({{"rules", rules}}), {plan});
  make("addSourceToTrackingPlan", Json::object({{"sourceId", website}}), {plan});
}

Json setting(const char* name, const char* label, bool sensitive) {
  return Json::object({{"name", name},
                       {"label", label},
                       {"description", "Made up for the sandbox."},
                       {"type", "STRING"},
                       {"required", true},
                       {"sensitive", sensitive}});
}

void seed_insert_function(const MakeThing& make, const std::string& destination) {
  const auto insert =
      make("createFunction",
           Json::object({{"code", "async function onTrack(event, settings) { return event }"},
                         {"displayName", "Hide addresses"},
                         {"resourceType", "INSERT_DESTINATION"},
                         {"settings", Json::array({setting("salt", "Salt", true)})}}),
           {});
  make("createInsertFunctionInstance",
       Json::object({{"functionId", class_id(insert)},
                     {"integrationId", destination},
                     {"enabled", true},
                     {"name", "Hide addresses from product analytics"},
                     {"settings", Json::object({{"salt", "made-up"}})}}),
       {});
}

void add_changes(const MakeThing& make, const std::string& website,
                 const std::string& destination) {
  const Json fields = Json::object({{"context", Json::array({"ip"})}});
  const Json action = Json::object({{"type", "DROP_PROPERTIES"}, {"fields", fields}});
  make("createFilterForDestination",
       Json::object({{"sourceId", website},
                     {"if", "all"},
                     {"actions", Json::array({action})},
                     {"title", "No IP addresses"},
                     {"enabled", true}}),
       {destination});
  const Json rename = Json::object({{"oldName", "properties.prod"}, {"newName", "properties.sku"}});
  make("createTransformation",
       Json::object({{"name", "One name for products"},
                     {"sourceId", website},
                     {"enabled", true},
                     {"if", "event='Product viewed'"},
                     {"propertyRenames", Json::array({rename})}}),
       {});
}

}  // namespace

std::string add_source_function_seed(World& world, const MakeThing& make) {
  const auto function =
      make("createFunction",
           Json::object({{"code", "async function onRequest(request, settings) {}"},
                         {"displayName", "Order hook"},
                         {"resourceType", "SOURCE"},
                         {"description", "Takes in what the shop's old system posts."}}),
           {});
  return world.collection(names::functions).find(function)->at("catalogId").as_string();
}

void add_people_seed(World& world, const MakeThing& make) {
  add_team(world);
  make("createInvites",
       Json::object({{"invites", Json::array({Json::object({{"email", "mary@example.com"}})})}}),
       {});
  const auto group = make("createUserGroup", Json::object({{"name", "Data engineering"}}), {});
  make("addUsersToUserGroup",
       Json::object({{"emails",
                      Json::array({"grace@example.com", "alan@example.com", "mary@example.com"})}}),
       {group});
}

void add_rules_seed(World& world, const MakeThing& make) {
  const auto website = seeded(world, names::sources, "slug", "website");
  const auto destination = seeded(world, names::destinations, "name", "Product analytics");
  add_plan(make, website);
  seed_insert_function(make, destination);
  add_changes(make, website, destination);
  make("createLivePlugin", Json::object({{"code", "// made up for the sandbox"}}),
       {seeded(world, names::sources, "slug", "ios-app")});
  make("createCredential",
       Json::object({{"name", "Snowflake, for all"},
                     {"settings", Json::object({{"type", "Snowflake"},
                                                {"username", "SEGMENT"},
                                                {"password", "made-up"}})}}),
       {});
  make("createWorkspaceRegulation",
       Json::object({{"regulationType", "SUPPRESS_ONLY"},
                     {"subjectType", "USER_ID"},
                     {"subjectIds", Json::array({"user-17", "user-42"})}}),
       {});
  make("createSourceRegulation",
       Json::object({{"regulationType", "DELETE_ONLY"},
                     {"subjectType", "USER_ID"},
                     {"subjectIds", Json::array({"user-23"})}}),
       {website});
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
