#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>

#include "segment/error.hpp"
#include "segment/types/json.hpp"

namespace segment {
namespace {

template <class Error, class Action>
std::string message_of(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  ADD_FAILURE() << "nothing of that kind was thrown";
  return {};
}

TEST(JsonValue, KnowsItsKind) {
  EXPECT_EQ(Json().kind(), "null");
  EXPECT_EQ(Json(null).kind(), "null");
  EXPECT_EQ(Json(true).kind(), "boolean");
  EXPECT_EQ(Json(5).kind(), "number");
  EXPECT_EQ(Json(0.5).kind(), "number");
  EXPECT_EQ(Json("text").kind(), "string");
  EXPECT_EQ(Json::array().kind(), "array");
  EXPECT_EQ(Json::object().kind(), "object");
}

TEST(JsonValue, IsPrintedAsJson) {
  std::ostringstream out;
  out << Json::object({{"sampled", true}});
  EXPECT_EQ(out.str(), R"({"sampled":true})");
  EXPECT_EQ(::testing::PrintToString(Json("web")), "\"web\"");
}

TEST(JsonValue, MovesItsContentOutIfItIsATemporary) {
  const std::string text = R"({"rules": [{"key": "a rather long text"}, {"key": "another one"}]})";
  std::string keys;
  for (const Json& rule : Json::parse(text).at("rules").as_array()) {
    for (const char letter : Json(rule).at("key").as_string()) keys += letter;
  }
  for (const Json::Member& member : Json::parse(text)["rules"][1].as_object()) keys += member.name;
  EXPECT_EQ(keys, "a rather long textanother onekey");
  static_assert(!std::is_reference_v<decltype(Json().at(0))>);
  EXPECT_NE(message_of<InvalidArgumentError>([] { (void)Json().at("a"); }), "");
}

TEST(JsonValue, TreatsAStringAsAStringAndNeverAsABool) {
  const char* text = "false";
  EXPECT_TRUE(Json(text).is_string());
  EXPECT_TRUE(Json(std::string_view("x")).is_string());
  static_assert(!std::is_constructible_v<Json, void*>);
}

TEST(JsonValue, HoldsEverySignedAndUnsigned64BitInteger) {
  EXPECT_EQ(Json(INT64_MIN).as_integer(), INT64_MIN);
  EXPECT_EQ(Json(INT64_MAX).as_integer(), INT64_MAX);
  EXPECT_EQ(Json(std::uint64_t{5}).as_integer(), 5);
  const Json wide(UINT64_MAX);
  EXPECT_TRUE(wide.is_number());
  EXPECT_FALSE(wide.is_integer());
  EXPECT_EQ(wide.dump(), "18446744073709551615");
  EXPECT_EQ(wide.as_number(), 18446744073709551615.0);
}

TEST(JsonValue, ReadsAWholeDoubleAsAnInteger) {
  EXPECT_EQ(Json(5.0).as_integer(), 5);
  EXPECT_TRUE(Json(-1e3).is_integer());
  EXPECT_FALSE(Json(5.5).is_integer());
  EXPECT_FALSE(Json(1e300).is_integer());
  EXPECT_FALSE(Json(std::nan("")).is_integer());
  EXPECT_THROW(static_cast<void>(Json(5.5).as_integer()), InvalidArgumentError);
}

TEST(JsonValue, DoesNotReadADoubleBeyond64BitsAsAnInteger) {
  EXPECT_FALSE(Json(9223372036854775808.0).is_integer());
  EXPECT_FALSE(Json(-9223372036854777856.0).is_integer());
  EXPECT_EQ(Json(9223372036854774784.0).as_integer(), 9223372036854774784);
  EXPECT_EQ(Json(-9223372036854775808.0).as_integer(), INT64_MIN);
}

TEST(JsonValue, ReadsAnIntegerAsANumber) {
  EXPECT_EQ(Json(5).as_number(), 5.0);
  EXPECT_EQ(Json(0.25).as_number(), 0.25);
}

TEST(JsonValue, NamesBothKindsWhenItIsAskedForTheWrongOne) {
  const std::string message =
      message_of<InvalidArgumentError>([] { static_cast<void>(Json("x").as_bool()); });
  EXPECT_EQ(message, "this JSON value is a string, not a boolean");
  EXPECT_THROW(static_cast<void>(Json(1).as_string()), InvalidArgumentError);
  EXPECT_THROW(static_cast<void>(Json(1).as_array()), InvalidArgumentError);
  EXPECT_THROW(static_cast<void>(Json(1).as_object()), InvalidArgumentError);
  EXPECT_THROW(static_cast<void>(Json("1").as_number()), InvalidArgumentError);
  EXPECT_THROW(static_cast<void>(Json("1").as_integer()), InvalidArgumentError);
}

TEST(JsonValue, FindsAMemberByName) {
  const Json json = Json::object({{"a", 1}, {"b", nullptr}});
  ASSERT_NE(json.find("a"), nullptr);
  EXPECT_EQ(*json.find("a"), Json(1));
  EXPECT_TRUE(json.contains("b"));
  EXPECT_EQ(json.find("c"), nullptr);
  EXPECT_EQ(Json("a").find("a"), nullptr);
}

TEST(JsonValue, LetsAFoundMemberBeChanged) {
  Json json = Json::object({{"a", 1}});
  *json.find("a") = "new";
  EXPECT_EQ(json.dump(), R"({"a":"new"})");
}

TEST(JsonValue, NamesTheMissingMember) {
  const Json json = Json::object({{"a", 1}});
  EXPECT_EQ(json["a"].as_integer(), 1);
  EXPECT_THROW(static_cast<void>(json["b"]), InvalidArgumentError);
  EXPECT_EQ(json.at("a").as_integer(), 1);
  const std::string message =
      message_of<InvalidArgumentError>([&] { static_cast<void>(json.at("websiteUrl")); });
  EXPECT_NE(message.find("websiteUrl"), std::string::npos) << message;
  EXPECT_THROW(static_cast<void>(Json(5).at("a")), InvalidArgumentError);
}

TEST(JsonValue, RefusesAnIndexPastTheEnd) {
  const Json json = Json::array({"a", "b"});
  EXPECT_EQ(json.at(std::size_t{1}).as_string(), "b");
  EXPECT_THROW(static_cast<void>(json.at(std::size_t{2})), InvalidArgumentError);
  EXPECT_THROW(static_cast<void>(Json::object().at(std::size_t{0})), InvalidArgumentError);
}

TEST(JsonValue, CreatesAMemberOnAssignment) {
  Json json;
  json["a"] = 1;
  json["b"]["c"] = true;
  json["a"] = 2;
  EXPECT_EQ(json.dump(), R"({"a":2,"b":{"c":true}})");
  Json text("no object");
  EXPECT_THROW(text["a"] = 1, InvalidArgumentError);
}

TEST(JsonValue, ErasesAMember) {
  Json json = Json::object({{"a", 1}, {"b", 2}, {"c", 3}});
  EXPECT_TRUE(json.erase("b"));
  EXPECT_FALSE(json.erase("b"));
  EXPECT_EQ(json.dump(), R"({"a":1,"c":3})");
  EXPECT_FALSE(Json(5).erase("a"));
}

TEST(JsonValue, TurnsFromNullIntoAnArrayOnPushBack) {
  Json json;
  json.push_back(1);
  json.push_back("two");
  EXPECT_EQ(json.dump(), R"([1,"two"])");
  EXPECT_EQ(json.size(), 2U);
  Json object = Json::object();
  EXPECT_THROW(object.push_back(1), InvalidArgumentError);
}

TEST(JsonValue, CountsOnlyElementsAndMembers) {
  EXPECT_EQ(Json::array({1, 2}).size(), 2U);
  EXPECT_EQ(Json::object({{"a", 1}}).size(), 1U);
  EXPECT_EQ(Json("text").size(), 0U);
  EXPECT_TRUE(Json().empty());
  EXPECT_TRUE(Json::object().empty());
}

TEST(JsonValue, ComparesObjectsRegardlessOfMemberOrder) {
  const Json ab = Json::object({{"a", 1}, {"b", Json::array({1, 2})}});
  const Json ba = Json::object({{"b", Json::array({1, 2})}, {"a", 1}});
  EXPECT_EQ(ab, ba);
  EXPECT_EQ(Json::array({ab}), Json::array({ba}));
  EXPECT_NE(ab, Json::object({{"a", 1}}));
  EXPECT_NE(Json::object({{"a", 1}}), ab);
  EXPECT_NE(ab, Json::object({{"a", 1}, {"c", Json::array({1, 2})}}));
  EXPECT_NE(ab, Json::object({{"a", 1}, {"b", Json::array({2, 1})}}));
}

TEST(JsonValue, ComparesObjectsWithRepeatedNamesTheSameFromBothSides) {
  Json twice = Json::object({{"a", 1}, {"b", 1}});
  twice.as_object()[1].name = "a";
  const Json once = Json::object({{"b", 1}, {"a", 1}});
  EXPECT_NE(twice, once);
  EXPECT_NE(once, twice);
}

TEST(JsonValue, ComparesNumbersByTheirValue) {
  EXPECT_EQ(Json(5), Json(5.0));
  EXPECT_EQ(Json(std::uint64_t{5}), Json(5));
  EXPECT_NE(Json(5), Json(5.5));
  EXPECT_NE(Json(5), Json("5"));
  EXPECT_NE(Json(0), Json(false));
  EXPECT_NE(Json(), Json(0));
}

TEST(JsonValue, TellsApartLargeIntegersThatADoubleCannot) {
  EXPECT_NE(Json(INT64_MAX), Json(std::uint64_t{INT64_MAX} + 1));
  EXPECT_NE(Json(9007199254740993), Json(9007199254740992.0));
  EXPECT_NE(Json(UINT64_MAX), Json(18446744073709551616.0));
  EXPECT_EQ(Json(9007199254740992), Json(9007199254740992.0));
  EXPECT_EQ(Json(std::uint64_t{1} << 63U), Json(9223372036854775808.0));
  EXPECT_EQ(Json(INT64_MIN), Json(-9223372036854775808.0));
}

TEST(JsonValue, TellsTheSmallestIntegerFromTheDoubleJustPastTheLargest) {
  EXPECT_NE(Json(INT64_MIN), Json(9223372036854775808.0));
  EXPECT_NE(Json(9223372036854775808.0), Json(INT64_MIN));
}

TEST(JsonValue, CopiesDeeplyAndMovesWithoutLoss) {
  Json original = Json::parse(R"({"a":[1,{"b":2}]})");
  Json copy = original;
  copy["a"].push_back(3);
  EXPECT_EQ(original.dump(), R"({"a":[1,{"b":2}]})");
  const Json moved = std::move(original);
  EXPECT_EQ(moved.dump(), R"({"a":[1,{"b":2}]})");
}

TEST(JsonValue, IsNullAfterBeingMovedFrom) {
  for (const char* text : {"5", "0.5", "1e400", "\"a text\"", "[1]", R"({"a":1})"}) {
    Json from = Json::parse(text);
    Json to = std::move(from);
    EXPECT_TRUE(from.is_null()) << text;  // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(from.dump(), "null");
    from = std::move(to);
    EXPECT_TRUE(to.is_null()) << text;  // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(from, Json::parse(text));
  }
}

TEST(JsonValue, CanBeMoveAssignedItselfAndAPartOfItself) {
  Json json = Json::parse(R"({"a":{"b":[1,2]}})");
  json = std::move(*json.find("a"));
  EXPECT_EQ(json.dump(), R"({"b":[1,2]})");
  Json& same = json;
  json = std::move(same);
  EXPECT_EQ(json.dump(), R"({"b":[1,2]})");
}

TEST(JsonValue, CanBeAccessedByIndex) {
  Json json = Json::parse(R"(["a","b"])");
  EXPECT_EQ(json[0], Json("a")) << "0 is no null pointer to a name";
  EXPECT_EQ(std::as_const(json)[1], Json("b"));
  json[0] = "new";
  EXPECT_EQ(json.dump(), R"(["new","b"])");
  EXPECT_THROW(static_cast<void>(json[2]), InvalidArgumentError);
  EXPECT_THROW(static_cast<void>(json[static_cast<std::size_t>(-1)]), InvalidArgumentError);
  Json object = Json::object({{"a", 1}});
  EXPECT_THROW(static_cast<void>(object[0]), InvalidArgumentError);
  EXPECT_THROW(static_cast<void>(Json()[0]), InvalidArgumentError);
}

TEST(JsonValue, CanBeAssignedAPartOfItself) {
  Json json = Json::parse(R"({"a":{"b":[1,2]}})");
  json = Json(json.at("a"));
  EXPECT_EQ(json.dump(), R"({"b":[1,2]})");
}

TEST(JsonValue, PassesAVisitorWhatItHolds) {
  const auto name = [](const Json& json) {
    return json.visit([](const auto& value) -> std::string {
      using Held = std::remove_cvref_t<decltype(value)>;
      if constexpr (std::is_same_v<Held, std::int64_t>) return "integer";
      if constexpr (std::is_same_v<Held, std::uint64_t>) return "wide";
      if constexpr (std::is_same_v<Held, double>) return "double";
      if constexpr (std::is_same_v<Held, std::string>) return "text";
      return "other";
    });
  };
  EXPECT_EQ(name(Json(7)), "integer");
  EXPECT_EQ(name(Json(std::uint64_t{7})), "integer");
  EXPECT_EQ(name(Json(UINT64_MAX)), "wide");
  EXPECT_EQ(name(Json(7.0)), "double");
  EXPECT_EQ(name(Json("7")), "text");
  EXPECT_EQ(name(Json()), "other");
}

}  // namespace
}  // namespace segment
