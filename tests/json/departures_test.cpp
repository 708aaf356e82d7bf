// Where an answer departs from the description can be seen.
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

TEST(Departures, AreNotReportedForAnAnswerAsDescribed) {
  EXPECT_EQ(departures_of<Label>(R"({"key":"a","value":"b"})"), Lines{});
  EXPECT_EQ(departures_of<Label>(R"({"key":"a","value":"b","description":"c"})"), Lines{});
}

TEST(Departures, NameAnUnknownMember) {
  EXPECT_EQ(departures_of<Label>(R"({"key":"a","value":"b","n/e~w":{"x":[1]}})"),
            Lines{"unknown member /n~1e~0w"});
}

TEST(Departures, NameAMissingMemberThatIsPromised) {
  EXPECT_EQ(departures_of<Label>(R"({"value":"b"})"), Lines{"missing member /key"});
}

TEST(Departures, TakeANullWhereNoneIsDescribedForMissing) {
  EXPECT_EQ(departures_of<Label>(R"({"key":null,"value":"b"})"), Lines{"missing member /key"});
  EXPECT_EQ(departures_of<Logos>(R"({"default":"u","mark":null,"alt":null})"), Lines{});
}

TEST(Departures, NameAnEnumValueThatIsNotKnown) {
  EXPECT_EQ(departures_of<TrackSchemaSettings>(R"({"commonEventOnViolations":"Blocks"})"),
            Lines{"unknown enum value /commonEventOnViolations"});
  EXPECT_EQ(departures_of<TrackSchemaSettings>(R"({"commonEventOnViolations":"Block"})"), Lines{});
  EXPECT_EQ(departures_of<TrackSchemaSettings>(R"({"commonEventOnViolations":"BLOCK"})"), Lines{});
}

TEST(Departures, AreNamedByTheirPlaceDeepInTheAnswer) {
  EXPECT_EQ(departures_of<CreateLabel>(R"({"label":{"new":1,"key":"a"}})"),
            (Lines{"unknown member /label/new", "missing member /label/value"}));
  EXPECT_EQ(
      departures_of<AddSourceLabels>(
          R"({"labels":[{"key":"a","value":"b"},{"key":"c","value":"d","new":null},{"key":"e"}]})"),
      (Lines{"unknown member /labels/1/new", "missing member /labels/2/value"}));
}

TEST(Departures, AreNamedInsideAUnionToo) {
  EXPECT_EQ(departures_of<ReverseEtlSchedule>(
                R"({"strategy":"PERIODIC","config":{"interval":"1h","new":true}})"),
            Lines{"unknown member /config/new"});
}

TEST(Departures, AreNotReportedOfTheAlternativesThatAUnionDidNotTake) {
  EXPECT_EQ(departures_of<ReverseEtlSchedule>(
                R"({"strategy":"CRON","config":{"new":1,"spec":5,"timezone":"UTC"}})"),
            Lines{});
}

TEST(Departures, AreNotSoughtInFreeFormJson) {
  EXPECT_EQ(departures_of<CreateDestination>(
                R"({"sourceId":"s","metadataId":"m","settings":{"any":{"thing":null}}})"),
            Lines{});
}

TEST(Departures, ReachTheClientsObserverWithOperationAndPointer) {
  Lines found;
  auto transport = std::make_shared<testing::FakeTransport>();
  transport->add(200, R"({"data":{"labels":[{"key":"a","value":"b","new":1}]},"meta":{}})");
  const Client client({.token = Token("for-a-test"),
                       .transport = transport,
                       .on_departure = [&](const Departure& departure) {
                         EXPECT_EQ(departure.kind, Departure::Kind::unknown_member);
                         found.push_back(std::string(departure.operation) + " " +
                                         std::string(departure.pointer));
                       }});
  static_cast<void>(client.sources().add_labels(SourceId("s"), {.labels = std::vector<Label>{}}));
  EXPECT_EQ(found, (Lines{"addLabelsToSource /data/labels/0/new", "addLabelsToSource /meta"}));
}

// Of an answer that says no as well.
TEST(Departures, OfTextsThatAreNotUnicodeReachTheClientsObserver) {
  Lines found;
  auto transport = std::make_shared<testing::FakeTransport>();
  transport->add(200, "{\"data\":{\"labels\":[{\"key\":\"M\xfcller\",\"value\":\"b\"}]}}");
  transport->add(422, R"({"errors":[{"message":"ok"},{"message":"bad: \ud83d"}]})");
  const Client client({.token = Token("for-a-test"),
                       .transport = transport,
                       .on_departure = [&](const Departure& departure) {
                         EXPECT_EQ(departure.kind, Departure::Kind::broken_text);
                         found.push_back(std::string(departure.operation) + " " +
                                         std::string(departure.pointer));
                       }});
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
