#include "json/typed/validate.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "segment/api/types/common.hpp"
#include "segment/api/types/destinations.hpp"
#include "segment/api/types/labels.hpp"
#include "segment/api/types/sources.hpp"

namespace segment::detail {
namespace {

template <class T>
std::vector<Problem> problems(std::string_view text, const ValidateOptions& options = {}) {
  return validate(Describe<T>::type, Json::parse(text), options);
}

TEST(Validate, AcceptsAValidInput) {
  EXPECT_TRUE(problems<CreateSource>(R"({"slug": "web", "enabled": true, "metadataId": "a",
                                         "settings": {"anything": [1, null]}})")
                  .empty());
}

TEST(Validate, NamesEveryRequiredMemberThatIsMissing) {
  EXPECT_EQ(problems<CreateSource>("{}"), (std::vector<Problem>{{"slug", "is required"},
                                                                {"enabled", "is required"},
                                                                {"metadataId", "is required"}}));
}

TEST(Validate, NamesMembersOfTheWrongKindAndSaysBothKinds) {
  EXPECT_EQ(problems<CreateSource>(
                R"({"slug": 7, "enabled": "yes", "metadataId": [], "settings": "none"})"),
            (std::vector<Problem>{{"slug", "must be a string, not a number"},
                                  {"enabled", "must be a boolean, not a string"},
                                  {"metadataId", "must be a string, not an array"},
                                  {"settings", "must be an object, not a string"}}));
}

TEST(Validate, RefusesAnInputThatIsNotAnObject) {
  EXPECT_EQ(problems<CreateSource>("[]"),
            (std::vector<Problem>{{"", "must be an object, not an array"}}));
  EXPECT_EQ(problems<CreateSource>("null"),
            (std::vector<Problem>{{"", "must be an object, not null"}}));
}

TEST(Validate, WritesPathsThroughListsAndObjectsWithDots) {
  EXPECT_EQ(
      problems<AddSourceLabels>(R"({"labels": [{"key": "a", "value": "b"}, {"key": 1}, null]})"),
      (std::vector<Problem>{{"labels.1.key", "must be a string, not a number"},
                            {"labels.1.value", "is required"},
                            {"labels.2", "must be an object, not null"}}));
}

TEST(Validate, AcceptsNullOnlyWhereItIsAllowed) {
  EXPECT_TRUE(problems<UpdateDestination>(R"({"name": null})").empty());
  EXPECT_EQ(problems<UpdateSchemaSettings>(R"({"forwardingViolationsTo": null})"),
            (std::vector<Problem>{{"forwardingViolationsTo", "must not be null"}}));
  EXPECT_EQ(problems<CreateLabel>(R"({"label": null})"),
            (std::vector<Problem>{{"label", "must not be null"}}));
}

TEST(Validate, AcceptsOnlyWholeNumbersForIntegers) {
  EXPECT_TRUE(problems<PageRequest>(R"({"pagination": {"count": 5.0}})").empty());
  EXPECT_TRUE(problems<PageRequest>(R"({"pagination": {"count": 1e3}})").empty());
  EXPECT_EQ(problems<PageRequest>(R"({"pagination": {"count": 5.5}})"),
            (std::vector<Problem>{{"pagination.count", "must be a 64-bit integer"}}));
  EXPECT_EQ(problems<PageRequest>(R"({"pagination": {"count": "5"}})"),
            (std::vector<Problem>{{"pagination.count", "must be a whole number, not a string"}}));
}

TEST(Validate, ChecksEnumsAsStrictlyAsItIsTold) {
  const std::string mixed = R"({"track": {"commonEventOnViolations": "Block"}})";
  const std::string unknown = R"({"track": {"commonEventOnViolations": "EXPLODE"}})";
  const std::vector<Problem> problem = {{"track.commonEventOnViolations",
                                         "must be one of ALLOW, BLOCK, OMIT_PROPERTIES, "
                                         "OMIT_TRAITS"}};
  EXPECT_EQ(problems<UpdateSchemaSettings>(mixed), problem);
  EXPECT_TRUE(problems<UpdateSchemaSettings>(mixed, {.enums = EnumCheck::any_case}).empty());
  EXPECT_EQ(problems<UpdateSchemaSettings>(unknown, {.enums = EnumCheck::any_case}), problem);
  EXPECT_TRUE(problems<UpdateSchemaSettings>(unknown, {.enums = EnumCheck::none}).empty());
}

TEST(Validate, IgnoresUnknownMembersUnlessToldOtherwise) {
  const std::string input = R"({"label": {"key": "a", "value": "b", "colour": "red"}, "x": 1})";
  EXPECT_TRUE(problems<CreateLabel>(input).empty());
  EXPECT_EQ(problems<CreateLabel>(input, {.unknown_members_are_problems = true}),
            (std::vector<Problem>{{"label.colour", "is an unknown member"},
                                  {"x", "is an unknown member"}}));
}

TEST(Validate, AcceptsAnyFormOfAUnionAndNothingElse) {
  const auto schedule = [](const std::string& config) {
    return R"({"strategy": "PERIODIC", "config": )" + config + "}";
  };
  EXPECT_TRUE(problems<ReverseEtlSchedule>(schedule(R"({"interval": "15m"})")).empty());
  EXPECT_TRUE(problems<ReverseEtlSchedule>(schedule(R"({"spec": "0 * * * *", "timezone": "UTC"})"))
                  .empty());
  EXPECT_TRUE(problems<ReverseEtlSchedule>(schedule("null")).empty());
  EXPECT_EQ(problems<ReverseEtlSchedule>(schedule(R"({"interval": 15})")),
            (std::vector<Problem>{{"config", "matches none of its possible forms"}}));
}

TEST(Validate, StopsAtAHundredProblems) {
  Json labels = Json::array();
  for (int i = 0; i < 5000; ++i) labels.push_back(i);
  const Json input = Json::object({{"labels", labels}});
  EXPECT_EQ(validate(Describe<AddSourceLabels>::type, input).size(), 100U);
}

}  // namespace
}  // namespace segment::detail
