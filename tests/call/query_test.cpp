// Queries: dotted names, percent-encoded values, and no parameter that was not given.
#include <gtest/gtest.h>

#include "json/events.hpp"
#include "json/writer.hpp"
#include "operations/prepared_call.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

TEST(AQuery, HasDottedNamesAndEncodedValues) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"sources":[],"pagination":{"current":"Mw=="}}})");
  (void)fake.client.sources().list_page({.count = 3, .cursor = "Mw=="});
  EXPECT_EQ(fake.target(), "/sources?pagination.count=3&pagination.cursor=Mw%3D%3D");
}

TEST(AQuery, WithoutParametersIsLeftOut) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"sources":[],"pagination":{"current":"Mw=="}}})");
  (void)fake.client.sources().list_page();
  EXPECT_EQ(fake.target(), "/sources");
}

TEST(AQuery, WritesBooleansAndNumbersAsText) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"method":"get","message":"m","headers":{}}})");
  (void)fake.client.testing().echo({.message = "a@b.c & co",
                                    .delay = -5,
                                    .trigger_error = false,
                                    .trigger_multiple_errors = true});
  EXPECT_EQ(fake.target(),
            "/echo?message=a%40b.c%20%26%20co&delay=-5&triggerError=false"
            "&triggerMultipleErrors=true");
}

TEST(AQuery, KeepsAnEmptyValue) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"method":"get","message":"","headers":{}}})");
  (void)fake.client.testing().echo({.message = ""});
  EXPECT_EQ(fake.target(), "/echo?message=");
}

TEST(AQuery, WritesTimesIdsAndEnumsAsTheyAre) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"sourceId":"s","destinationMetadataId":"m","metrics":[]}})");
  (void)fake.client.destinations().list_delivery_metrics_summary(
      DestinationId("d1"), {.source_id = SourceId("s/1"),
                            .start_time = Timestamp("2026-01-01T00:00:00+01:00"),
                            .granularity = Granularity("Fortnight")});
  EXPECT_EQ(fake.target(),
            "/destinations/d1/delivery-metrics?sourceId=s%2F1"
            "&startTime=2026-01-01T00%3A00%3A00%2B01%3A00&granularity=Fortnight");
}

TEST(AQuery, ThatIsNotUtf8IsRefusedByName) {
  FakeClient fake;
  const auto error = thrown<InvalidArgumentError>(
      [&] { (void)fake.client.testing().echo({.message = "hush\xff"}); });
  EXPECT_EQ(error.operation(), "echo");
  EXPECT_TRUE(contains(error.what(), "/message")) << error.what();
  EXPECT_FALSE(contains(error.what(), "hush")) << error.what();
  EXPECT_EQ(fake.sent(), 0U);
}

// No operation takes a list in its query so far; the form is known from other clients.
TEST(AQuery, NumbersTheElementsOfListsAndNestsNames) {
  detail::EncodedCall call{.path = "/x", .query = {}, .body = {}};
  detail::QueryWriter writer(call.query);
  detail::walk(Json::parse(R"({"emails":["a@b.c","d"],"none":[],"pagination":{"count":3},)"
                           R"("rules":[{"key":"k","on":true},{"key":"l"}]})"),
               writer);
  EXPECT_EQ(call.target(),
            "/x?emails.0=a%40b.c&emails.1=d&pagination.count=3"
            "&rules.0.key=k&rules.0.on=true&rules.1.key=l");
}

}  // namespace
}  // namespace segment::testing
