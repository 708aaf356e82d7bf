#include <string>
#include <utility>

#include "state/kinds.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

struct DestinationKind {
  const char* id;
  const char* name;
  const char* slug;
  const char* description;
  const char* category;
  const char* action_id;
  const char* action_name;
  const char* action_slug;
};

constexpr DestinationKind all_destination_kinds[] = {
    {"54521fd725e721e32a72eebb", "Amplitude (Actions)", "actions-amplitude",
     "Finds out what people do in a product.", "Analytics", "5iHdRLmNhGnPnKV8FyxkDg", "Log event",
     "logEvent"},
    {"60ad61f9ff47a16b8fb7b5d9", "Google Analytics 4 Cloud", "actions-google-analytics-4",
     "Counts visits, and what comes of them.", "Analytics", "qMoXWpe1bnTEmcG3hBwZfM", "Purchase",
     "purchase"},
    {"5d1993dc0d9bf2000154ce64", "Mixpanel (Actions)", "actions-mixpanel-cloud",
     "Draws funnels, flows and cohorts.", "Analytics", "8EdKMdWDqFpVRPJcHjk7yd", "Track event",
     "trackEvent"},
    {"614a3c7d791c91c41bae7599", "Webhooks (Actions)", "actions-webhook",
     "Posts each event to an address of your own.", "Raw Data", "3tGqKFkYXHCdJqcLcGH3Pa", "Send",
     "send"},
    {"5a0bcea8a7a0d10001e4e4b2", "Slack", "slack", "Tells a channel when something happens.",
     "Alerts", "6zRkRcM3wgVEAnTxBcDYbJ", "Post message", "postToChannel"},
};

Json options_of(const std::string& slug) {
  if (slug == "actions-amplitude") {
    return Json::array(
        {option("apiKey", "password", true, "API key", "Names the project in Amplitude."),
         option("trackAllPages", "boolean", false, "All pages", "Whether page views count.")});
  }
  if (slug == "actions-google-analytics-4") {
    return Json::array(
        {option("measurementId", "string", true, "Measurement ID", "Names the data stream."),
         option("apiSecret", "password", true, "API secret", "Lets events into the stream.")});
  }
  if (slug == "actions-mixpanel-cloud") {
    return Json::array(
        {option("projectToken", "password", true, "Project token", "Names the project.")});
  }
  return Json::array(
      {option("url", "string", true, "Address", "Where events are posted to."),
       option("sharedSecret", "password", false, "Shared secret", "Signs what is posted.")});
}

Json action_field(const DestinationKind& kind) {
  return Json::object({{"id", made_up_id(kind.slug, 1)},
                       {"sortOrder", 0},
                       {"fieldKey", "userId"},
                       {"label", "User"},
                       {"type", "STRING"},
                       {"description", "Who did it."},
                       {"required", false},
                       {"multiple", false},
                       {"dynamic", false},
                       {"allowNull", true},
                       {"hidden", false}});
}

Json action(const DestinationKind& kind) {
  return Json::object({{"id", kind.action_id},
                       {"slug", kind.action_slug},
                       {"name", kind.action_name},
                       {"description", "Passes one event on."},
                       {"platform", "CLOUD"},
                       {"hidden", false},
                       {"defaultTrigger", "type = \"track\""},
                       {"fields", Json::array({action_field(kind)})}});
}

Json preset(const DestinationKind& kind) {
  return Json::object({{"actionId", kind.action_id},
                       {"name", kind.action_name},
                       {"fields", Json::object({{"userId", "$.userId"}})},
                       {"trigger", "type = \"track\""}});
}

Json abilities(std::initializer_list<const char*> names) {
  Json json = Json::object();
  for (const char* name : names) json[name] = true;
  return json;
}

Json features() {
  return Json::object({{"cloudModeInstances", "MULTIPLE"},
                       {"deviceModeInstances", "NONE"},
                       {"replay", true},
                       {"browserUnbundling", true},
                       {"browserUnbundlingPublic", true}});
}

Json destination_kind_json(const DestinationKind& kind) {
  const std::string repository = "https://code.example.test/" + std::string(kind.slug);
  return Json::object(
      {{"id", kind.id},
       {"name", kind.name},
       {"description", kind.description},
       {"slug", kind.slug},
       {"logos", logos(kind.slug)},
       {"options", options_of(kind.slug)},
       {"status", "PUBLIC"},
       {"previousNames", Json::array()},
       {"categories", Json::array({kind.category})},
       {"website", "https://www.example.test/" + std::string(kind.slug)},
       {"components", Json::array({Json::object(
                          {{"type", "SERVER"}, {"code", repository}, {"owner", "SEGMENT"}})})},
       {"supportedFeatures", features()},
       {"supportedMethods", abilities({"pageview", "identify", "track", "group"})},
       {"supportedPlatforms", abilities({"browser", "server", "mobile"})},
       {"actions", Json::array({action(kind)})},
       {"presets", Json::array({preset(kind)})},
       {"contacts", Json::array({Json::object({{"email", "partners@example.test"}})})},
       {"partnerOwned", false},
       {"supportedRegions", Json::array({"us-west-2", "eu-west-1"})},
       {"regionEndpoints", Json::array({"US", "EU"})}});
}

}  // namespace

void fill_destination_kinds(World& world) {
  for (const DestinationKind& kind : all_destination_kinds) {
    world.collection(names::destination_kinds).put(kind.id, destination_kind_json(kind));
  }
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
