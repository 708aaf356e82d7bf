// Mismatches between a response and the schema are reported.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "reading.hpp"
#include "segment/api/sources.hpp"
#include "segment/api/types/destinations.hpp"
#include "segment/client.hpp"
#include "segment/error.hpp"
#include "segment/testing/fake_transport.hpp"

namespace segment {
namespace {

using Lines = std::vector<std::string>;

TEST(SchemaMismatches, AreNotReportedForAResponseThatMatchesTheSchema) {
  EXPECT_EQ(mismatches_of<Label>(R"({"key":"a","value":"b"})"), Lines{});
  EXPECT_EQ(mismatches_of<Label>(R"({"key":"a","value":"b","description":"c"})"), Lines{});
}

TEST(SchemaMismatches, ReportAnUnknownMember) {
  EXPECT_EQ(mismatches_of<Label>(R"({"key":"a","value":"b","n/e~w":{"x":[1]}})"),
            Lines{"unknown member /n~1e~0w"});
}

TEST(SchemaMismatches, ReportAMissingRequiredMember) {
  EXPECT_EQ(mismatches_of<Label>(R"({"value":"b"})"), Lines{"missing member /key"});
}

TEST(SchemaMismatches, ReportANullThatIsNotNullableAsMissing) {
  EXPECT_EQ(mismatches_of<Label>(R"({"key":null,"value":"b"})"), Lines{"missing member /key"});
  EXPECT_EQ(mismatches_of<Logos>(R"({"default":"u","mark":null,"alt":null})"), Lines{});
}

TEST(SchemaMismatches, ReportANullThatIsDroppedFromAList) {
  EXPECT_EQ(mismatches_of<AddSourceLabels>(R"({"labels":[null,{"key":"a","value":"b"},null]})"),
            (Lines{"missing member /labels/0", "missing member /labels/2"}));
}

TEST(SchemaMismatches, ReportAnUnknownEnumValue) {
  EXPECT_EQ(mismatches_of<TrackSchemaSettings>(R"({"commonEventOnViolations":"Blocks"})"),
            Lines{"unknown enum value /commonEventOnViolations"});
  EXPECT_EQ(mismatches_of<TrackSchemaSettings>(R"({"commonEventOnViolations":"Block"})"), Lines{});
  EXPECT_EQ(mismatches_of<TrackSchemaSettings>(R"({"commonEventOnViolations":"BLOCK"})"), Lines{});
}

TEST(SchemaMismatches, AreReportedByPointerDeepInTheResponse) {
  EXPECT_EQ(mismatches_of<CreateLabel>(R"({"label":{"new":1,"key":"a"}})"),
            (Lines{"unknown member /label/new", "missing member /label/value"}));
  EXPECT_EQ(
      mismatches_of<AddSourceLabels>(
          R"({"labels":[{"key":"a","value":"b"},{"key":"c","value":"d","new":null},{"key":"e"}]})"),
      (Lines{"unknown member /labels/1/new", "missing member /labels/2/value"}));
}

TEST(SchemaMismatches, AreReportedInsideAUnionToo) {
  EXPECT_EQ(mismatches_of<ReverseEtlSchedule>(
                R"({"strategy":"PERIODIC","config":{"interval":"1h","new":true}})"),
            Lines{"unknown member /config/new"});
}

TEST(SchemaMismatches, AreNotReportedForTheAlternativesThatAUnionRejected) {
  EXPECT_EQ(mismatches_of<ReverseEtlSchedule>(
                R"({"strategy":"CRON","config":{"new":1,"spec":5,"timezone":"UTC"}})"),
            Lines{});
}

TEST(SchemaMismatches, AreNotReportedInFreeFormJson) {
  EXPECT_EQ(mismatches_of<CreateDestination>(
                R"({"sourceId":"s","metadataId":"m","settings":{"any":{"thing":null}}})"),
            Lines{});
}

/// An observer that expects mismatches of one kind, and notes the operation and pointer of each.
SchemaMismatchObserver noting(SchemaMismatch::Kind kind, Lines& found) {
  return [kind, &found](const SchemaMismatch& mismatch) {
    EXPECT_EQ(mismatch.kind, kind);
    found.push_back(std::string(mismatch.operation) + " " + std::string(mismatch.pointer));
  };
}

TEST(SchemaMismatches, ReachTheClientsObserverWithOperationAndPointer) {
  Lines found;
  auto transport = std::make_shared<testing::FakeTransport>();
  transport->add(200, R"({"data":{"labels":[{"key":"a","value":"b","new":1}]},"meta":{}})");
  const Client client({.token = Token("for-a-test"),
                       .transport = transport,
                       .on_schema_mismatch = noting(SchemaMismatch::Kind::unknown_member, found)});
  static_cast<void>(client.sources().add_labels(SourceId("s"), {.labels = std::vector<Label>{}}));
  EXPECT_EQ(found, (Lines{"addLabelsToSource /data/labels/0/new", "addLabelsToSource /meta"}));
}

// In error responses too.
TEST(SchemaMismatches, InTextsThatAreNotUnicodeReachTheClientsObserver) {
  Lines found;
  auto transport = std::make_shared<testing::FakeTransport>();
  transport->add(200, "{\"data\":{\"labels\":[{\"key\":\"M\xfcller\",\"value\":\"b\"}]}}");
  transport->add(422, R"({"errors":[{"message":"ok"},{"message":"bad: \ud83d"}]})");
  const Client client({.token = Token("for-a-test"),
                       .transport = transport,
                       .on_schema_mismatch = noting(SchemaMismatch::Kind::broken_text, found)});
  const auto add = [&] {
    return client.sources().add_labels(SourceId("s"), {.labels = std::vector<Label>{}});
  };
  EXPECT_EQ(add().front().key, "M\ufffdller");
  EXPECT_THROW(static_cast<void>(add()), ValidationError);
  EXPECT_EQ(found,
            (Lines{"addLabelsToSource /data/labels/0/key", "addLabelsToSource /errors/1/message"}));
}

}  // namespace
}  // namespace segment
