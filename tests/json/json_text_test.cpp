#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <string_view>

#include "both_readers.hpp"
#include "segment/error.hpp"
#include "segment/types/json.hpp"

namespace segment {
namespace {

using namespace std::string_literals;

std::string round_trip(std::string_view text) { return parsed(text).dump(); }

TEST(ANegativeZero, RoundTrips) {
  for (const char* text : {"-0.0", "-0e806", "-0e0"}) {
    EXPECT_EQ(round_trip(text), "-0.0") << text;
    EXPECT_EQ(round_trip(round_trip(text)), "-0.0") << text;
  }
  EXPECT_EQ(round_trip("-0"), "0") << "an integer has no sign at zero";
}

bool is_refused(std::string_view text) {
  try {
    static_cast<void>(parsed(text));
    return false;
  } catch (const DecodeError&) {
    return true;
  }
}

TEST(JsonText, RoundTrips) {
  for (const char* text : {"null", "true", "false", "0", "-1", "0.5", "\"\"", "[]", "{}", "[[],{}]",
                           R"({"b":1,"a":[null,true,"x"],"":{"nested":{}}})"}) {
    EXPECT_EQ(round_trip(text), text);
  }
}

TEST(JsonText, KeepsTheOrderOfMembers) {
  EXPECT_EQ(round_trip(R"({"z":1,"a":2,"m":3})"), R"({"z":1,"a":2,"m":3})");
}

TEST(JsonText, KeepsTheLastOfTwoMembersWithTheSameName) {
  const Json json = parsed(R"({"a":1,"b":2,"a":[3]})");
  EXPECT_EQ(json.size(), 2U);
  EXPECT_EQ(json.at("a"), Json::array({3}));
  EXPECT_EQ(round_trip(R"({"a":{"x":1},"a":{"y":2}})"), R"({"a":{"y":2}})");
}

TEST(JsonText, KeepsTheLastOfTwoMembersWithTheSameNameAmongMany) {
  std::string text = R"({"twice":0)";
  std::string kept = "{";
  for (int i = 0; i < 40; ++i) {
    const std::string member = "\"m" + std::to_string(i) + "\":" + std::to_string(i);
    text += "," + member;
    kept += member + ",";
  }
  EXPECT_EQ(Json::parse(text + R"(,"twice":1})").dump(), kept + R"("twice":1})");
}

TEST(JsonText, SkipsWhiteSpace) {
  EXPECT_EQ(round_trip(" \t\r\n{ \"a\" :\n[ 1 , 2 ] } \n"), R"({"a":[1,2]})");
}

TEST(JsonText, IndentsWhenAskedTo) {
  EXPECT_EQ(
      parsed(R"({"a":[1,{"b":2}],"c":[],"d":{}})").dump(2),
      "{\n  \"a\": [\n    1,\n    {\n      \"b\": 2\n    }\n  ],\n  \"c\": [],\n  \"d\": {}\n}");
  EXPECT_EQ(parsed("[1,2]").dump(0), "[\n1,\n2\n]");
}

TEST(JsonText, ReadsEveryEscape) {
  EXPECT_EQ(parsed(R"("\" \\ \/ \b \f \n \r \t \u0041 \u00e9 \ud83d\ude00")").as_string(),
            "\" \\ / \b \f \n \r \t A \u00e9 \U0001F600");
  EXPECT_EQ(parsed(R"("a\u0000b")").as_string(), "a\0b"s);
}

TEST(JsonText, EscapesWhatJsonDoesNotAllowInStrings) {
  EXPECT_EQ(Json("\" \\ \b \f \n \r \t").dump(), R"("\" \\ \b \f \n \r \t")");
  EXPECT_EQ(Json("\x01\x1f\0"s).dump(), R"("\u0001\u001f\u0000")");
  EXPECT_EQ(Json("/ \x7f \u00e9 \U0001F600").dump(), "\"/ \x7f \u00e9 \U0001F600\"");
  EXPECT_EQ(Json::object({{"a\"b\n", 1}}).dump(), R"({"a\"b\n":1})");
}

TEST(JsonText, RoundTripsEveryAsciiCharacter) {
  for (int byte = 0; byte < 128; ++byte) {
    const std::string text = "<" + std::string(1, static_cast<char>(byte)) + ">";
    EXPECT_EQ(parsed(Json(text).dump()).as_string(), text) << byte;
  }
}

TEST(JsonText, RefusesToWriteInvalidUtf8) {
  for (const std::string& bytes :
       {"\x80"s, "\xff"s, "\xc3"s, "\xc0\xaf"s, "\xe0\x80\x80"s, "\xed\xa0\x80"s, "\xe2\x82"s,
        "\xf0\x80\x80\x80"s, "\xf4\x90\x80\x80"s, "\xf5\x80\x80\x80"s, "\xf0\x9f\x98"s,
        "sixteen bytes go\xc3("s}) {
    EXPECT_THROW(static_cast<void>(Json(bytes).dump()), InvalidArgumentError);
    EXPECT_THROW(static_cast<void>(Json::object({{bytes, 1}}).dump()), InvalidArgumentError);
    EXPECT_TRUE(is_refused("\"" + bytes + "\""));
  }
}

TEST(JsonText, AcceptsTheFirstAndLastCharacterOfEachUtf8Length) {
  for (const char* text :
       {"\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff"}) {
    EXPECT_EQ(parsed(Json(text).dump()).as_string(), text);
  }
}

TEST(JsonText, SaysWhichValueCannotBeWritten) {
  const Json json = Json::object({{"a/b", Json::array({1, "\xff"})}});
  try {
    static_cast<void>(json.dump());
    FAIL() << "it was written";
  } catch (const InvalidArgumentError& error) {
    EXPECT_NE(std::string(error.what()).find("/a~1b/1"), std::string::npos) << error.what();
  }
}

TEST(JsonText, ReadsIntegersUpToTheLimitsOf64Bits) {
  EXPECT_EQ(parsed("9223372036854775807").as_integer(), INT64_MAX);
  EXPECT_EQ(parsed("-9223372036854775808").as_integer(), INT64_MIN);
  EXPECT_EQ(round_trip("18446744073709551615"), "18446744073709551615");
  EXPECT_EQ(parsed("18446744073709551616").as_number(), 18446744073709551616.0);
  EXPECT_EQ(parsed("-9223372036854775809").as_number(), -9223372036854775808.0);
  EXPECT_EQ(round_trip("-9223372036854775809"), "-9223372036854775809");
}

TEST(JsonText, ReadsDecimalPointsAndExponents) {
  EXPECT_EQ(parsed("5.0").as_integer(), 5);
  EXPECT_EQ(parsed("1e3").as_integer(), 1000);
  EXPECT_EQ(parsed("-2.5E-1").as_number(), -0.25);
  EXPECT_EQ(parsed("-0.0").as_integer(), 0);
}

TEST(JsonText, WritesANumberThatReadsBackTheSame) {
  for (double value : {0.1, 1.0 / 3, 1e22, 1e300, -2.5e-308, 5e-324, 123456789012345680.0,
                       std::numeric_limits<double>::max()}) {
    EXPECT_EQ(parsed(Json(value).dump()).as_number(), value) << Json(value).dump();
  }
}

TEST(JsonText, RefusesToWriteNanAndInfinity) {
  EXPECT_THROW(static_cast<void>(Json(std::nan("")).dump()), InvalidArgumentError);
  EXPECT_THROW(static_cast<void>(Json(HUGE_VAL).dump()), InvalidArgumentError);
}

TEST(JsonText, RefusesInvalidJson) {
  for (const char* text : {"",          " ",           "nul",         "True",
                           "'a'",       "\"a",         "[1,]",        "[1 2]",
                           "{\"a\":}",  "{\"a\"}",     "{a:1}",       "{\"a\":1,}",
                           "[1]]",      "1 2",         "01",          "+1",
                           ".5",        "1.",          "1e",          "NaN",
                           "Infinity",  "// x\n1",     "/**/1",       "\"\\x\"",
                           "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"tab\there\"",
                           "]",         "}",           "\xef\xbb"}) {
    EXPECT_TRUE(is_refused(text)) << text;
  }
}

TEST(JsonText, RefusesNulBytes) {
  EXPECT_TRUE(is_refused("{}\0"s));
  EXPECT_TRUE(is_refused("{}\0{"s));
  EXPECT_TRUE(is_refused("[1]\0garbage"s));
  EXPECT_TRUE(is_refused("\0"s));
  EXPECT_TRUE(is_refused("\"a\0b\""s));
}

TEST(JsonText, SaysAtWhichByteItStopsBeingJson) {
  try {
    static_cast<void>(parsed(R"({"secret": "abc", oops})"));
    FAIL() << "it was read";
  } catch (const DecodeError& error) {
    const std::string message = error.what();
    EXPECT_NE(message.find("not JSON"), std::string::npos) << message;
    EXPECT_NE(message.find("19"), std::string::npos) << message;
    EXPECT_EQ(message.find("oops"), std::string::npos) << "the text may hold secrets: " << message;
  }
}

}  // namespace
}  // namespace segment
