// Hand-written JSON is read strictly, and everything that is wrong with it is reported.

#include "segment/strict_reading.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "segment/api/types/sources.hpp"
#include "segment/api/types/tracking_plans.hpp"
#include "segment/convert.hpp"

namespace segment::test {
namespace {

using Kind = JsonFinding::Kind;

template <class T>
InvalidJsonError error_of(std::string_view text) {
  try {
    (void)from_json_strict<T>(Json::parse(text));
  } catch (const InvalidJsonError& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was wrong with " << text;
  return InvalidJsonError("nothing", {});
}

TEST(StrictReading, ReadsAValidBody) {
  const auto body = from_json_strict<ReplaceTrackingPlanRules>(Json::parse(
      R"({"rules": [{"type": "TRACK", "key": "Paid", "version": 1, "jsonSchema": {"a": 1}}]})"));
  ASSERT_EQ(body.rules->size(), 1U);
  EXPECT_EQ(body.rules->front().json_schema->at("a"), Json(1));
}

TEST(StrictReading, NamesAMisspelledMemberAndSuggestsTheRightOne) {
  const auto error = error_of<ReplaceTrackingPlanRules>(
      R"({"rules": [{"type": "TRACK", "version": 1, "json_schema": {}}]})");
  const std::vector<JsonFinding> expected{
      {Kind::unknown_member, "/rules/0/json_schema", "is an unknown member", "jsonSchema"}};
  EXPECT_EQ(error.findings(), expected);
  EXPECT_STREQ(error.what(),
               "this JSON is not a valid ReplaceTrackingPlanRules: /rules/0/json_schema is an "
               "unknown member "
               "(did you mean jsonSchema?)");
}

TEST(StrictReading, ListsTheValuesOfAnEnumAndSuggestsTheRightOne) {
  const auto error = error_of<CreateTrackingPlan>(R"({"name": "p", "type": "live"})");
  ASSERT_EQ(error.findings().size(), 1U);
  const JsonFinding& finding = error.findings().front();
  EXPECT_EQ(finding.kind, Kind::unknown_value);
  EXPECT_EQ(finding.pointer, "/type");
  EXPECT_EQ(finding.suggestion, "LIVE");
  EXPECT_TRUE(finding.message.starts_with("must be one of ")) << finding.message;
  EXPECT_NE(finding.message.find("LIVE"), std::string::npos);
}

TEST(StrictReading, ReportsEverythingThatIsWrongInOneError) {
  const auto error =
      error_of<CreateSource>(R"({"slgu": "w", "enabled": "yes", "settings": null, "a/b": 1})");
  const std::vector<JsonFinding> expected{
      {Kind::missing, "/slug", "is required", ""},
      {Kind::wrong_kind, "/enabled", "must be a boolean, not a string", ""},
      {Kind::missing, "/metadataId", "is required", ""},
      {Kind::wrong_kind, "/settings", "must not be null", ""},
      {Kind::unknown_member, "/slgu", "is an unknown member", "slug"},
      {Kind::unknown_member, "/a~1b", "is an unknown member", ""}};
  EXPECT_EQ(error.findings(), expected);
  for (const JsonFinding& finding : expected) {
    EXPECT_NE(std::string(error.what()).find(finding.pointer + " " + finding.message),
              std::string::npos)
        << error.what();
  }
}

TEST(StrictReading, NeverRepeatsAValue) {
  const auto error = error_of<CreateSource>(
      R"({"slug": ["secret"], "enabled": "secret", "metadataId": 1, "settings": "secret"})");
  EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos) << error.what();
}

TEST(StrictReading, ThrowsAnErrorThatCanBeCaughtAsAnInvalidArgument) {
  try {
    (void)from_json_strict<CreateSource>(Json::parse("[]"));
    FAIL() << "an array is not an object";
  } catch (const InvalidArgumentError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_argument);
    EXPECT_STREQ(error.what(),
                 "this JSON is not a valid CreateSource: it must be an object, not an array");
  }
}

TEST(StrictReading, RefusesTheSameMemberTwiceInOneObject) {
  EXPECT_EQ(parse_strict(R"({"a": [{"b": 1}, {"b": 2}]})").at("a").size(), 2U);
  try {
    (void)parse_strict(R"({"a": [{}, {"b/c": 1, "d": 2, "b/c": "secret"}]})");
    FAIL();
  } catch (const InvalidJsonError& error) {
    ASSERT_EQ(error.findings().size(), 1U);
    EXPECT_EQ(error.findings()[0].kind, JsonFinding::Kind::repeated_member);
    EXPECT_EQ(error.findings()[0].pointer, "/a/1/b~1c");
    EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos) << error.what();
  }
  EXPECT_THROW((void)parse_strict("{"), DecodeError);
}

TEST(StrictReading, DoesNotAffectHowResponsesAreRead) {
  const auto source = from_json<Source>(Json::parse(R"({"id": "s", "newer": 1})"));
  EXPECT_EQ(source.id, SourceId("s"));
}

}  // namespace
}  // namespace segment::test
