// Every type can be read and written: what a response contained comes out again, with the API's own
// names.
#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "both_readers.hpp"
#include "json/events.hpp"
#include "json/typed/decoder.hpp"
#include "json/writer.hpp"
#include "operations/operation_tables.hpp"
#include "reading.hpp"
#include "segment/api/operations.hpp"
#include "segment/api/types/audit_trail.hpp"
#include "segment/api/types/destinations.hpp"
#include "segment/api/types/labels.hpp"
#include "segment/api/types/sources.hpp"
#include "segment/api/types/warehouses.hpp"
#include "segment/api/types/workspaces.hpp"

namespace segment {
namespace {

// A document in which nothing is missing and every value is different.
class FullDocument {
 public:
  Json of(const detail::Type& type, bool null_where_it_may = false) {
    using detail::Kind;
    switch (type.kind) {
      case Kind::boolean:
        return true;
      case Kind::integer:
        return ++number_;
      case Kind::number:
        return ++number_ + 0.5;
      case Kind::text:
        return "text " + std::to_string(++number_);
      case Kind::text_like:
        return type.text->names.empty() ? "t" + std::to_string(++number_)
                                        : std::string(type.text->names.back());
      case Kind::any:
        return Json::array({nullptr, ++number_});
      case Kind::free_object:
        return Json::object({{"free", ++number_}, {"null", nullptr}});
      case Kind::list: {
        Json list = Json::array();
        list.push_back(of(*type.element, null_where_it_may));
        list.push_back(of(*type.element, null_where_it_may));
        return list;
      }
      case Kind::map: {
        Json map = Json::object();
        map["one"] = of(*type.element, null_where_it_may);
        map["two"] = of(*type.element, null_where_it_may);
        return map;
      }
      case Kind::one_of: {
        const auto alternatives = type.one_of->alternatives;
        return of(*alternatives[static_cast<std::size_t>(++number_) % alternatives.size()]);
      }
      case Kind::object:
        break;
    }
    Json object = Json::object();
    for (const auto& member : type.members) {
      const bool null = null_where_it_may && member.presence == detail::Presence::nullable;
      object[member.name] = null ? Json() : of(*member.type, null_where_it_may);
    }
    return object;
  }

 private:
  int number_ = 0;
};

std::string read_and_written(const detail::Type& type, const detail::Lifetime& lifetime,
                             const std::string& text) {
  const std::unique_ptr<void, void (*)(void*) noexcept> object(lifetime.make(), lifetime.destroy);
  const detail::MismatchSink unheard;
  detail::Decoder decoder(type, object.get(), unheard);
  expect_readers_agree(text);
  detail::read_json(text, decoder);
  std::string out;
  detail::JsonWriter writer(out);
  detail::walk(type, object.get(), writer);
  return out;
}

void expect_symmetric(std::string_view operation, const detail::Type* type,
                      const detail::Lifetime* lifetime) {
  if (type == nullptr) return;
  ASSERT_NE(lifetime, nullptr) << operation;
  for (bool null_where_it_may : {false, true}) {
    const std::string text = FullDocument().of(*type, null_where_it_may).dump();
    EXPECT_EQ(read_and_written(*type, *lifetime, text), text) << operation << ' ' << type->name;
  }
}

TEST(Symmetry, HoldsForEveryInputAndResponseOfTheApi) {
  ASSERT_GT(operations::all().size(), 30U);
  for (const auto* call : operations::all()) {
    expect_symmetric(call->id, call->query, call->query_lifetime);
    expect_symmetric(call->id, call->body, call->body_lifetime);
    expect_symmetric(call->id, call->data, call->result_lifetime);
  }
}

// These are written by hand, as the API sends them, so that a wrong name in a table is noticed.

template <class T>
void expect_comes_back(std::string_view document) {
  const std::string text = Json::parse(document).dump();
  EXPECT_EQ(rewritten<T>(text), text);
  EXPECT_EQ(to_json(from_json<T>(Json::parse(document))), Json::parse(document));
  EXPECT_EQ(mismatches_of<T>(text), std::vector<std::string>{});
}

TEST(Symmetry, HoldsForASource) {
  expect_comes_back<Source>(R"({
    "id": "qQEHquLrjRDN9j1ByrChyn", "slug": "my-site", "name": "My site",
    "metadata": {
      "id": "IqDTy1TpoU", "name": "Javascript", "slug": "javascript", "description": "For websites.",
      "logos": {"default": "https://a/b.svg", "mark": null, "alt": "https://a/c.svg"},
      "options": [{"name": "apiHost", "type": "string", "required": false, "description": "d",
                   "defaultValue": "api.segment.io", "label": "API Host"},
                  {"name": "flags", "type": "array", "required": true, "defaultValue": [1, null]}],
      "categories": ["Website"], "isCloudEventSource": false, "status": "PUBLIC", "partnerOwned": true},
    "workspaceId": "9aQ1Lj62S4bomZKLF4DPqW", "enabled": true, "writeKeys": ["k1", "k2"],
    "settings": {"website_url": "https://example.com", "secret": "\u2022\u2022\u2022\u2022"},
    "labels": [{"key": "environment", "value": "prod", "description": "live"}]})");
}

TEST(Symmetry, HoldsForADestinationWithAllItsMetadata) {
  expect_comes_back<Destination>(R"({
    "id": "d1", "name": "Mixpanel", "enabled": false,
    "metadata": {
      "id": "m1", "name": "Mixpanel", "description": "Analytics", "slug": "mixpanel",
      "logos": {"default": "u", "mark": "m", "alt": null},
      "options": [], "status": "PUBLIC_BETA", "previousNames": ["MP"], "categories": ["Analytics"],
      "website": "https://mixpanel.com",
      "components": [{"type": "BROWSER", "code": "https://github.com/x", "owner": "SEGMENT"}],
      "supportedFeatures": {"cloudModeInstances": "0", "deviceModeInstances": "SINGLE", "replay": true,
                            "browserUnbundling": true, "browserUnbundlingPublic": false},
      "supportedMethods": {"pageview": true, "identify": true, "alias": false, "track": true,
                           "group": false},
      "supportedPlatforms": {"browser": true, "server": true, "mobile": false, "warehouse": true,
                             "cloudAppObject": false, "linkedAudiences": true},
      "actions": [{"id": "a1", "slug": "track", "name": "Track", "description": "d", "platform": "CLOUD",
                   "hidden": false, "defaultTrigger": null,
                   "fields": [{"id": "f1", "sortOrder": 0, "fieldKey": "event", "label": "Event",
                               "type": "STRING", "description": "d", "placeholder": "p",
                               "defaultValue": {"@path": "$.event"}, "required": true,
                               "multiple": false, "choices": [{"label": "l", "value": "v"}],
                               "dynamic": false, "allowNull": false, "hidden": true}]}],
      "presets": [{"actionId": "a1", "name": "n", "fields": {"event": {"@path": "$.event"}},
                   "trigger": "type = \"track\""}],
      "contacts": [{"name": "A", "email": "a@b.c", "role": "dev", "isPrimary": true}],
      "partnerOwned": false, "supportedRegions": ["us-west-2"], "regionEndpoints": ["US"],
      "multiInstanceSupportedVersion": "v4"},
    "sourceId": "s1", "settings": {"token": "\u2022\u2022"}})");
}

TEST(Symmetry, HoldsForAnAuditEvent) {
  expect_comes_back<AuditEvent>(R"({
    "id": "e1", "timestamp": "2026-08-01T12:00:00.123Z", "type": "Source Created", "actor": "u1",
    "actorEmail": "a@b.c", "resourceId": "s1", "resourceType": "SOURCE", "resourceName": "web"})");
}

TEST(Symmetry, HoldsForAWarehouseAndItsWorkspace) {
  expect_comes_back<Warehouse>(R"({
    "id": "w1", "metadata": {"id": "wm", "name": "Snowflake", "slug": "snowflake", "description": "d",
                             "logos": {"default": "u", "mark": null, "alt": null}, "options": []},
    "workspaceId": "ws", "enabled": true, "settings": {"host": "h", "port": 5439}})");
  expect_comes_back<Workspace>(R"({"id": "ws", "slug": "acme", "name": "Acme"})");
}

TEST(Symmetry, HoldsForASourceWithItsTrackingPlan) {
  const SourceDetails made{{.id = SourceId("s1"), .slug = "web"}, TrackingPlanId("tp")};
  EXPECT_EQ(from_json<SourceDetails>(to_json(made)), made);
  const Source source = made;
  EXPECT_EQ(to_json(made).at("source"), to_json(source));
  EXPECT_EQ(to_json(made).at("trackingPlanId"), Json("tp"));
  EXPECT_EQ(made, source);
  EXPECT_NE(made, (SourceDetails{{.id = SourceId("s1"), .slug = "web"}}));
}

TEST(Symmetry, HoldsForSchemaSettings) {
  expect_comes_back<SourceSchemaSettings>(R"({"sourceId": "s1", "settings": {
    "track": {"allowUnplannedEvents": true, "allowUnplannedEventProperties": false,
              "allowEventOnViolations": true, "allowPropertiesOnViolations": false,
              "commonEventOnViolations": "OMIT_PROPERTIES"},
    "identify": {"allowUnplannedTraits": true, "allowTraitsOnViolations": false,
                 "commonEventOnViolations": "BLOCK"},
    "group": {"allowUnplannedTraits": false, "allowTraitsOnViolations": true,
              "commonEventOnViolations": "OMIT_TRAITS"},
    "forwardingViolationsTo": "s2", "forwardingBlockedEventsTo": "s3"}})");
}

TEST(Symmetry, HoldsForASubscriptionWithItsSchedule) {
  expect_comes_back<DestinationSubscription>(R"({
    "id": "sub", "name": "n", "actionId": "a", "actionSlug": "track", "destinationId": "d",
    "enabled": true, "settings": {"k": [1]}, "trigger": "t", "modelId": "m",
    "reverseETLSchedule": {"strategy": "SPECIFIC_DAYS",
                           "config": {"days": [0, 6], "hours": [9], "timezone": "UTC"}}})");
}

TEST(Symmetry, HoldsForDeliveryMetrics) {
  expect_comes_back<DeliveryMetricsSummary>(R"({
    "sourceId": "s", "destinationMetadataId": "dm",
    "metrics": [{"metricName": "successes", "total": 9007199254740993,
                 "breakdown": [{"metricName": "on_first_attempt", "value": 1}]}]})");
}

TEST(ANumberThatJsonCannotExpress, IsReportedWithItsPointerHoweverItIsWritten) {
  const UpdateDestination changes{
      .settings =
          Json::object({{"a", Json::array({1, 2, std::numeric_limits<double>::quiet_NaN()})}})};
  const auto place_in = [](const auto& write) {
    try {
      (void)write();
    } catch (const InvalidArgumentError& error) {
      return std::string(error.what()).find("/settings/a/2") != std::string::npos;
    }
    return false;
  };
  EXPECT_TRUE(place_in([&] { return to_json_text(changes); }));
  EXPECT_TRUE(place_in([&] { return to_json(changes); }));
}

TEST(Symmetry, HoldsForRequests) {
  expect_comes_back<CreateSource>(R"({"slug": "web", "enabled": true, "metadataId": "m",
    "settings": {"websiteUrl": "u"}, "disconnectAllWarehouses": false})");
  expect_comes_back<UpdateWarehouse>(
      R"({"name": null, "enabled": true, "settings": {"port": null}})");
  expect_comes_back<CreateLabel>(R"({"label": {"key": "k", "value": "v", "description": "d"}})");
}

}  // namespace
}  // namespace segment
