// Bodies byte for byte: the members that are set are sent, and nothing else.
#include <gtest/gtest.h>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

constexpr const char* settings_answer = R"({"data":{"sourceId":"s1","settings":{}}})";

string settings_body(const UpdateSchemaSettings& change) {
  FakeClient fake;
  fake.transport->add(200, settings_answer);
  (void)fake.client.sources().update_schema_settings(SourceId("qQEHquLrjRDN9j1ByrChyn"), change);
  EXPECT_EQ(fake.target(), "/sources/qQEHquLrjRDN9j1ByrChyn/settings");
  EXPECT_EQ(fake.transport->last_request().method, http::Method::patch);
  return fake.body();
}

// The example that Segment publishes for this call, with its "Block" in mixed case.
TEST(TheSchemaSettings, GoOverTheWireExactlyAsInThePublishedExample) {
  const string body = settings_body(
      {.track = TrackSchemaSettings{.allow_unplanned_events = false,
                                    .allow_unplanned_event_properties = false,
                                    .allow_event_on_violations = false,
                                    .allow_properties_on_violations = false,
                                    .common_event_on_violations =
                                        CommonEventOnViolations::omit_properties},
       .identify =
           IdentifySchemaSettings{.allow_unplanned_traits = true,
                                  .allow_traits_on_violations = true,
                                  .common_event_on_violations = CommonEventOnViolations("Block")},
       .group = GroupSchemaSettings{.allow_unplanned_traits = false,
                                    .allow_traits_on_violations = false,
                                    .common_event_on_violations = CommonEventOnViolations::allow}});
  EXPECT_EQ(body, R"({"track":{"allowUnplannedEvents":false,"allowUnplannedEventProperties":false,)"
                  R"("allowEventOnViolations":false,"allowPropertiesOnViolations":false,)"
                  R"("commonEventOnViolations":"OMIT_PROPERTIES"},)"
                  R"("identify":{"allowUnplannedTraits":true,"allowTraitsOnViolations":true,)"
                  R"("commonEventOnViolations":"Block"},)"
                  R"("group":{"allowUnplannedTraits":false,"allowTraitsOnViolations":false,)"
                  R"("commonEventOnViolations":"ALLOW"}})");
  EXPECT_FALSE(contains(body, "forwarding"));
  EXPECT_FALSE(contains(body, "null")) << "null is an error there";
}

TEST(TheSchemaSettings, ReadFromThePublishedExampleAreSentUnchanged) {
  const Json example = Json::parse(R"({
    "group": {"allowTraitsOnViolations": false, "allowUnplannedTraits": false,
              "commonEventOnViolations": "ALLOW"},
    "identify": {"allowTraitsOnViolations": true, "allowUnplannedTraits": true,
                 "commonEventOnViolations": "Block"},
    "track": {"allowEventOnViolations": false, "allowPropertiesOnViolations": false,
              "allowUnplannedEventProperties": false, "allowUnplannedEvents": false,
              "commonEventOnViolations": "OMIT_PROPERTIES"}})");
  EXPECT_EQ(Json::parse(settings_body(from_json<UpdateSchemaSettings>(example))), example);
}

TEST(TheSchemaSettings, KeepAMixedCaseValueFromAResponse) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"sourceId":"s1","settings":{"track":)"
                           R"({"commonEventOnViolations":"Block"}}}})");
  const auto answer = fake.client.sources().list_schema_settings(SourceId("s1"));
  const auto value = answer.settings.track->common_event_on_violations.value();
  EXPECT_EQ(value.text(), "Block");
  EXPECT_TRUE(value.is_known());
  EXPECT_EQ(answer.settings.identify, std::nullopt);
  EXPECT_EQ(settings_body({.track = answer.settings.track}),
            R"({"track":{"commonEventOnViolations":"Block"}})");
}

TEST(TheSchemaSettings, ForwardOnlyIfToldTo) {
  EXPECT_EQ(settings_body({}), "{}");
  EXPECT_EQ(settings_body({.track = TrackSchemaSettings{}}), R"({"track":{}})");
  EXPECT_EQ(settings_body({.track = TrackSchemaSettings{.allow_unplanned_events = false}}),
            R"({"track":{"allowUnplannedEvents":false}})");
  EXPECT_EQ(settings_body({.forwarding_violations_to = SourceId("other")}),
            R"({"forwardingViolationsTo":"other"})");
  EXPECT_EQ(settings_body({.forwarding_blocked_events_to = SourceId("other")}),
            R"({"forwardingBlockedEventsTo":"other"})");
}

string destination_body(const UpdateDestination& change) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"destination":{"id":"d1"}}})");
  (void)fake.client.destinations().update(DestinationId("d1"), change);
  return fake.body();
}

TEST(AnUpdate, TellsAbsentNullAndValueApart) {
  EXPECT_EQ(destination_body({}), "{}");
  EXPECT_EQ(destination_body({.name = null}), R"({"name":null})");
  EXPECT_EQ(destination_body({.name = ""}), R"({"name":""})");
  EXPECT_EQ(destination_body({.name = "n"}), R"({"name":"n"})");
}

// Renaming something must not disable it.
TEST(AnUpdate, HasNoDefaultsOfItsOwn) {
  EXPECT_EQ(destination_body({.enabled = false}), R"({"enabled":false})");
  FakeClient fake;
  fake.transport->add(200, string(a_source));
  (void)fake.client.sources().update(SourceId("s1"), {.name = "new name"});
  EXPECT_EQ(fake.body(), R"({"name":"new name"})");
}

TEST(Settings, ThatAreEmptyAreNotTheSameAsNone) {
  EXPECT_EQ(destination_body({.settings = Json::object()}), R"({"settings":{}})");
  EXPECT_EQ(destination_body({.settings = Json::object({{"a", nullptr}})}),
            R"({"settings":{"a":null}})");
}

TEST(Settings, KeepTheirOrderAndTheirNumbers) {
  EXPECT_EQ(destination_body(
                {.settings = Json::parse(
                     R"({"z":1,"a":[true,null,"\u00e4\n\""],"n":18446744073709551615,"f":0.1})")}),
            "{\"settings\":{\"z\":1,\"a\":[true,null,\"\xc3\xa4\\n\\\"\"],"
            "\"n\":18446744073709551615,\"f\":0.1}}");
}

TEST(ACreation, SendsRequiredMembersAndThoseThatAreSet) {
  FakeClient fake;
  fake.transport->respond_with([](const auto&) {
    return http::Response{201, {}, string(a_source)};
  });
  (void)fake.client.sources().create(
      {.slug = "web", .enabled = false, .metadata_id = SourceMetadataId("IqDTy1TpoU")});
  EXPECT_EQ(fake.body(), R"({"slug":"web","enabled":false,"metadataId":"IqDTy1TpoU"})");
  (void)fake.client.sources().create(
      {.slug = "web",
       .enabled = true,
       .metadata_id = SourceMetadataId("IqDTy1TpoU"),
       .settings = Json::object({{"websiteUrl", "https://example.com"}}),
       .disconnect_all_warehouses = true});
  EXPECT_EQ(fake.body(),
            R"({"slug":"web","enabled":true,"metadataId":"IqDTy1TpoU",)"
            R"("settings":{"websiteUrl":"https://example.com"},"disconnectAllWarehouses":true})");
}

TEST(AListInABody, IsSentInFullEvenIfItIsEmpty) {
  FakeClient fake;
  fake.transport->respond_with([](const auto&) {
    return http::Response{200, {}, R"({"data":{"labels":[]}})"};
  });
  (void)fake.client.sources().replace_labels(SourceId("s"), {.labels = std::vector<Label>{}});
  EXPECT_EQ(fake.body(), R"({"labels":[]})");
  (void)fake.client.sources().replace_labels(
      SourceId("s"),
      {.labels = std::vector<Label>{{.key = "a", .value = "b"},
                                    {.key = "c", .value = "d", .description = "e"}}});
  EXPECT_EQ(fake.body(), R"({"labels":[{"key":"a","value":"b"},)"
                         R"({"key":"c","value":"d","description":"e"}]})");
}

TEST(ABody, ThatIsNotUtf8IsRefusedWithTheNameOfTheMember) {
  FakeClient fake;
  const auto error = thrown<InvalidArgumentError>(
      [&] { (void)fake.client.sources().update(SourceId("s1"), {.name = "hush\xff"}); });
  EXPECT_EQ(error.operation(), "updateSource");
  EXPECT_TRUE(contains(error.what(), "/name")) << error.what();
  EXPECT_FALSE(contains(error.what(), "hush")) << error.what();
  EXPECT_EQ(fake.sent(), 0U);
}

}  // namespace
}  // namespace segment::testing
