// Responses do not always match the schema: they are read all the same.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "json/typed/describe_members.hpp"
#include "reading.hpp"
#include "segment/api/types/audit_trail.hpp"
#include "segment/api/types/destinations.hpp"
#include "segment/api/types/sources.hpp"
#include "segment/api/types/warehouses.hpp"
#include "segment/error.hpp"

namespace segment {
namespace {

TEST(LenientReading, SkipsUnknownMembersOfAnyShape) {
  const auto source = from_json<Source>(Json::parse(
      R"({"new":{"deep":[1,{"er":"x"}]},"id":"s1","newer":[[],{"id":"no"}],"slug":"web","newest":null,
          "x":1.5,"y":"t","z":true,"enabled":true})"));
  EXPECT_EQ(source.id, SourceId("s1"));
  EXPECT_EQ(source.slug, "web");
  EXPECT_TRUE(source.enabled);
}

TEST(LenientReading, SkipsNestedUnknownMembers) {
  const auto source = from_json<Source>(Json::parse(
      R"({"metadata":{"new":{"id":"no"},"id":"m1","logos":{"new":[1],"default":"u"}}})"));
  EXPECT_EQ(source.metadata.id, SourceMetadataId("m1"));
  EXPECT_EQ(source.metadata.logos.default_url, "u");
}

TEST(LenientReading, GivesMissingMembersTheirEmptyValue) {
  const auto source = from_json<Source>(Json::object());
  EXPECT_TRUE(source.id.empty());
  EXPECT_FALSE(source.name.has_value());
  EXPECT_FALSE(source.enabled);
  EXPECT_TRUE(source.write_keys.empty());
  EXPECT_TRUE(source.metadata.status.empty());
  EXPECT_EQ(source, Source{});
}

TEST(LenientReading, GivesMissingRequiredMembersTheirEmptyValueToo) {
  const auto label = from_json<Label>(Json::object());
  EXPECT_EQ(label.key, "");
  EXPECT_EQ(label.value, "");
  const auto create = from_json<CreateSource>(Json::parse(R"({"slug":"web"})"));
  EXPECT_EQ(create.slug, "web");
  EXPECT_FALSE(create.enabled);
  EXPECT_TRUE(create.metadata_id->empty());
}

TEST(LenientReading, TreatsANullThatIsNotNullableAsMissing) {
  const auto source = from_json<Source>(Json::parse(
      R"({"id":null,"slug":null,"name":null,"metadata":null,"enabled":null,"writeKeys":null,
          "settings":null,"labels":null})"));
  EXPECT_EQ(source, Source{});
}

TEST(LenientReading, ReadsAndWritesAMissingFreeFormObjectAsEmpty) {
  for (const char* text :
       {"{}", R"({"settings":null})", R"({"settings":{"a":1},"settings":null})"}) {
    const auto warehouse = read<Warehouse>(text);
    EXPECT_EQ(warehouse.settings, Json::object()) << text;
    EXPECT_TRUE(warehouse.settings.is_object()) << text;
    EXPECT_NE(to_json_text(warehouse).find(R"("settings":{})"), std::string::npos) << text;
  }
  EXPECT_TRUE(Warehouse{}.settings.is_object());
}

TEST(LenientReading, ReadsAMissingFreeFormObjectThatARequestNeedsAsEmptyToo) {
  EXPECT_TRUE(from_json<CreateWarehouse>(Json::object()).settings->is_object());
}

TEST(LenientReading, LeavesAMissingOptionalFreeFormObjectAbsent) {
  EXPECT_FALSE(read<CreateSource>("{}").settings.has_value());
  EXPECT_FALSE(read<CreateSource>(R"({"settings":null})").settings.has_value());
}

TEST(LenientReading, DropsNullsFromListsWhoseItemsAreNotNullable) {
  const auto source = from_json<Source>(
      Json::parse(R"({"labels":[null,{"key":"a","value":"b"},null],"writeKeys":["k",null]})"));
  ASSERT_EQ(source.labels.size(), 1U);
  EXPECT_EQ(source.labels[0].key, "a");
  ASSERT_EQ(source.write_keys.size(), 1U);
}

TEST(LenientReading, KeepsANullWhereAnyJsonIsAllowed) {
  const std::string text = R"({"name":"n","type":"t","required":true,"defaultValue":null})";
  const auto option = from_json<IntegrationOption>(Json::parse(text));
  ASSERT_TRUE(option.default_value.has_value());
  EXPECT_TRUE(option.default_value->is_null());
  EXPECT_EQ(to_json_text(option), text);
}

TEST(LenientReading, TellsAbsentNullAndAValueApart) {
  EXPECT_TRUE(from_json<SourceDetails>(Json::object()).tracking_plan_id.is_absent());
  const auto cleared = from_json<SourceDetails>(Json::parse(R"({"trackingPlanId":null})"));
  EXPECT_TRUE(cleared.tracking_plan_id.is_null());
  const auto given = from_json<SourceDetails>(Json::parse(R"({"trackingPlanId":"tp"})"));
  ASSERT_TRUE(given.tracking_plan_id.has_value());
  EXPECT_EQ(*given.tracking_plan_id, TrackingPlanId("tp"));
}

TEST(LenientReading, WritesAbsentNullAndAValueApart) {
  EXPECT_EQ(to_json_text(UpdateDestination{}), "{}");
  EXPECT_EQ(to_json_text(UpdateDestination{.name = null}), R"({"name":null})");
  EXPECT_EQ(to_json_text(UpdateDestination{.name = "x", .enabled = false}),
            R"({"name":"x","enabled":false})");
}

TEST(LenientReading, KeepsAnUnknownEnumValueAndSendsItBack) {
  const std::string text = R"({"commonEventOnViolations":"QUARANTINE"})";
  const auto settings = from_json<TrackSchemaSettings>(Json::parse(text));
  ASSERT_TRUE(settings.common_event_on_violations.has_value());
  EXPECT_FALSE(settings.common_event_on_violations->is_known());
  EXPECT_EQ(settings.common_event_on_violations->value(), CommonEventOnViolations::unknown);
  EXPECT_EQ(settings.common_event_on_violations->text(), "QUARANTINE");
  EXPECT_EQ(to_json_text(settings), text);
}

TEST(LenientReading, KeepsTheCaseOfAnEnumValue) {
  const std::string text = R"({"commonEventOnViolations":"Block"})";
  const auto settings = from_json<TrackSchemaSettings>(Json::parse(text));
  EXPECT_EQ(settings.common_event_on_violations->text(), "Block");
  EXPECT_EQ(*settings.common_event_on_violations, CommonEventOnViolations::block);
  EXPECT_EQ(to_json_text(settings), text);
}

TEST(LenientReading, KeepsTimestampsThatItCannotRead) {
  const auto event = from_json<AuditEvent>(Json::parse(R"({"timestamp":"yesterday"})"));
  EXPECT_EQ(event.timestamp.text(), "yesterday");
  EXPECT_FALSE(event.timestamp.time_point().has_value());
}

TEST(LenientReading, KeepsFreeFormMembersAsTheyCame) {
  const std::string settings =
      R"({"z":[1,2.5,"x",null,{"y":true}],"a":18446744073709551615,"secret":"\u2022\u2022"})";
  const auto destination = from_json<Destination>(Json::parse(R"({"settings":)" + settings + "}"));
  EXPECT_EQ(destination.settings, Json::parse(settings));
  EXPECT_EQ(destination.settings.dump(), Json::parse(settings).dump());
}

TEST(LenientReading, TakesTheLastOfTwoMembersWithTheSameName) {
  EXPECT_EQ(read<Source>(R"({"slug":"a","slug":"b"})").slug, "b");
  EXPECT_EQ(read<SourceDetails>(R"({"trackingPlanId":"a","trackingPlanId":null})").tracking_plan_id,
            Nullable<TrackingPlanId>(null));
}

TEST(LenientReading, TakesTheLastOfTwoMapEntriesWithTheSameKey) {
  using Map = std::map<std::string, std::int64_t>;
  EXPECT_EQ(read<Map>(R"({"a":1,"b":2,"a":3})"), (Map{{"a", 3}, {"b", 2}}));
  EXPECT_EQ(read<Map>(R"({"a":1,"b":2,"a":null})"), (Map{{"b", 2}}));
  EXPECT_EQ(read<Map>(R"({"a":null,"a":1})"), (Map{{"a", 1}}));
  using AnyMap = std::map<std::string, Json>;
  EXPECT_EQ(read<AnyMap>(R"({"a":1,"a":null})"), (AnyMap{{"a", null}}));
}

TEST(LenientReading, DoesNotMergeTwoListsWithTheSameName) {
  const auto source = read<Source>(
      R"({"writeKeys":["a","b"],"writeKeys":["c"],"labels":[{"key":"a"}],"labels":[]})");
  ASSERT_EQ(source.write_keys.size(), 1U);
  EXPECT_EQ(source.write_keys[0].reveal(), "c");
  EXPECT_TRUE(source.labels.empty());
}

TEST(LenientReading, DoesNotMergeTwoObjectsWithTheSameName) {
  const auto source = read<Source>(
      R"({"metadata":{"id":"a","name":"A","logos":{"mark":"m"}},"metadata":{"id":"b"}})");
  EXPECT_EQ(source.metadata, SourceMetadata{.id = SourceMetadataId("b")});
  const auto create = read<CreateLabel>(R"({"label":{"key":"a","value":"b"},"label":{"key":"c"}})");
  EXPECT_EQ(create.label->value, "");
}

TEST(LenientReading, DropsAValueThatALaterNullReplaces) {
  const auto source = read<Source>(
      R"({"slug":"a","name":"n","writeKeys":["k"],"enabled":true,"metadata":{"id":"m"},"settings":{},
          "slug":null,"name":null,"writeKeys":null,"enabled":null,"metadata":null,"settings":null})");
  EXPECT_EQ(source, Source{});
}

TEST(LenientReading, AcceptsMembersInAnyOrder) {
  const auto a = read<AuditEvent>(R"({"id":"1","timestamp":"t","type":"x","resourceName":"n"})");
  const auto b = read<AuditEvent>(R"({"resourceName":"n","type":"x","timestamp":"t","id":"1"})");
  EXPECT_EQ(a, b);
}

TEST(LenientReading, KeepsTheExactTextOfWriteKeys) {
  const auto source = read<Source>(R"({"writeKeys":[" spaced ","\u00e9"]})");
  ASSERT_EQ(source.write_keys.size(), 2U);
  EXPECT_EQ(source.write_keys[0].reveal(), " spaced ");
  EXPECT_EQ(source.write_keys[1].reveal(), "\u00e9");
}

TEST(LenientReading, RefusesToWriteTextThatIsNotUtf8AndSaysWhere) {
  Source source;
  source.metadata.categories = {"fine", "\xff"};
  for (const auto& write : {+[](const Source& s) { static_cast<void>(to_json_text(s)); },
                            +[](const Source& s) { static_cast<void>(to_json(s).dump()); }}) {
    try {
      write(source);
      FAIL() << "it was written";
    } catch (const InvalidArgumentError& error) {
      EXPECT_NE(std::string(error.what()).find("/metadata/categories/1"), std::string::npos)
          << error.what();
    }
  }
}

}  // namespace
}  // namespace segment
