#include <utility>

#include "engine/seed_parts.hpp"
#include "operations/spaces.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

Json audience(const char* name, const char* type, Json definition) {
  return Json::object(
      {{"name", name}, {"audienceType", type}, {"definition", std::move(definition)}});
}

std::string connect_audience(const MakeThing& make, const std::string& space,
                             const std::string& audience, const std::string& destination) {
  const Json target = Json::object({{"type", "destination"}, {"id", destination}});
  return make("addDestinationToAudience", Json::object({{"destination", target}}),
              {space, audience});
}

// One connection sends, the other has nothing to send yet.
void add_users(World& world, const MakeThing& make, const std::string& space) {
  const Json definition = Json::object({{"query", "event('Order Completed').count() >= 5"}});
  const auto regulars =
      make("createAudience", audience("Regular customers", "USERS", definition), {space});
  const auto product = connect_audience(
      make, space, regulars, seeded(world, names::destinations, "name", "Product analytics"));
  connect_audience(make, space, regulars,
                   seeded(world, names::destinations, "name", "Mobile funnels"));
  const Json mapping = Json::object({{"actionId", "5iHdRLmNhGnPnKV8FyxkDg"},
                                     {"settings", Json::object({{"userId", "$.userId"}})}});
  make("addActivationToAudience",
       Json::object({{"performResync", false},
                     {"activationType", "Audience Entered"},
                     {"activationName", "Became a regular customer"},
                     {"destinationMapping", mapping}}),
       {space, regulars, product});
}

void add_households(const MakeThing& make, const std::string& space) {
  const Json definition =
      Json::object({{"targetEntity", "household"},
                    {"query", "entity('household').property('city') = 'Berlin'"}});
  const auto households =
      make("createAudience", audience("Households in Berlin", "LINKED", definition), {space});
  const Json hourly = Json::object({{"interval", "1h"}});
  make("addAudienceScheduleToAudience",
       Json::object({{"strategy", "PERIODIC"}, {"config", hourly}}), {space, households});
  make("createAudiencePreview",
       Json::object({{"audienceType", "LINKED"}, {"definition", definition}}), {space});
}

void add_warehouse(const MakeThing& make, const std::string& space) {
  make("createProfilesWarehouse",
       Json::object({{"metadataId", "HldzVEWEVj"},
                     {"name", "Profiles"},
                     {"settings", Json::object({{"host", "example.snowflake.test"},
                                                {"password", "made-up"}})}}),
       {space});
}

void add_trait_and_filter(const MakeThing& make, const std::string& space) {
  make("createComputedTrait",
       Json::object(
           {{"name", "Orders in 30 days"},
            {"definition",
             Json::object({{"type", "USERS"},
                           {"query", "event('Order Completed').within(30 days).count()"}})}}),
       {space});
  make("createFilterForSpace",
       Json::object({{"integrationId", space},
                     {"name", "No test orders"},
                     {"if", "properties.test = true"},
                     {"enabled", true},
                     {"drop", true}}),
       {});
}

void add_messages(const MakeThing& make, const std::string& space) {
  const Json wanted =
      Json::object({{"key", "ada@example.com"}, {"type", "EMAIL"}, {"status", "SUBSCRIBED"}});
  make("replaceMessagingSubscriptionsInSpaces",
       Json::object({{"subscriptions", Json::array({wanted})}}), {space});
}

}  // namespace

void add_space_seed(World& world, const MakeThing& make) {
  const std::string space = spaces(world).all().front().at("id").as_string();
  add_users(world, make, space);
  add_households(make, space);
  add_trait_and_filter(make, space);
  add_warehouse(make, space);
  add_messages(make, space);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
