// Strings in a response that are not valid Unicode: U+FFFD replaces what is broken, and the rest is
// read.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/builder.hpp"
#include "json/events.hpp"
#include "reading.hpp"
#include "segment/api/types/destinations.hpp"
#include "segment/api/types/sources.hpp"
#include "segment/error.hpp"
#include "types/text.hpp"

namespace segment {
namespace {

using std::string;
using Lines = std::vector<string>;

// What each broken text is read as.
const std::pair<string, string> broken[] = {
    {R"(Sale \ud83d)", "Sale \ufffd"},
    {R"(Sale \uD83D)", "Sale \ufffd"},
    {R"(\ude00 and more)", "\ufffd and more"},
    {R"(\ud83d\ud83d\ude00)", "\ufffd\U0001F600"},
    {R"(\ud83d\u0041)", "\ufffd\u0041"},
    {R"(\\ud83d\ud83d\n)", "\\ud83d\ufffd\n"},
    {"cut \xf0\x9f\x98", "cut \ufffd"},
    {"cut \xe2\x82", "cut \ufffd"},
    {"M\xfcller", "M\ufffdller"},
    {"\xff\xfe", "\ufffd\ufffd"},
    {"\xc0\xaf", "\ufffd\ufffd"},
    {"\xed\xa0\xbd", "\ufffd\ufffd\ufffd"},
    {"whole \u00e9 \U0001F600 \xc3", "whole \u00e9 \U0001F600 \ufffd"},
};

TEST(ABrokenText, GetsAReplacementCharacterAndKeepsTheRest) {
  for (const auto& [written, expected] : broken) {
    const auto source = read<Source>(R"({"id":"s","name":")" + written + R"(","slug":"web"})");
    EXPECT_EQ(source.name, expected) << written;
    EXPECT_EQ(source.id, SourceId("s"));
    EXPECT_EQ(source.slug, "web");
    EXPECT_TRUE(is_utf8(to_json_text(source))) << "what was read can be sent";
  }
}

TEST(ABrokenText, IsReportedAlikeByEveryReader) {
  for (const auto& reader : every_reader()) {
    EXPECT_EQ(events_of(reader, R"({"a":"b\ud83d","\udc00":["ok","\ud83d\ude00"]})"),
              "{\nkey a\ntext b\ufffd\nbroken text\nkey \ufffd\nbroken text\n[\ntext ok\n"
              "text \U0001F600\n]\n}\n")
        << reader.name;
  }
}

TEST(ABrokenText, IsReportedAsAMismatchWithItsPointer) {
  EXPECT_EQ(mismatches_of<Source>("{\"name\":\"M\xfcller\",\"slug\":\"ok\"}").front(),
            "broken text /name");
  const auto places = [](std::string_view text) {
    Lines found;
    for (const string& line : mismatches_of<Destination>(text)) {
      if (line.starts_with("broken")) found.push_back(line);
    }
    return found;
  };
  EXPECT_EQ(places(R"({"settings":{"a":["x",{"b":"\ud83d"},"\ud83d"],"\udc00":1}})"),
            (Lines{"broken text /settings/a/1/b", "broken text /settings/a/2",
                   "broken text /settings/\ufffd"}));
  EXPECT_EQ(places(R"({"new":{"deep":["\ud83d"]},"\ud83d":1})"),
            (Lines{"broken text /new", "broken text /\ufffd"}));
  EXPECT_EQ(places(R"({"metadata":{"categories":["ok","\ud83d"]}})"),
            Lines{"broken text /metadata/categories/1"});
  EXPECT_EQ(places(R"({"name":"\ud83d\ude00 \ufffd"})"), Lines{}) << "this one is valid";
}

TEST(ABrokenText, DoesNotMakeInvalidJsonValid) {
  for (const string text : {"\xff", "{\"a\":\xff}", "[\"\\ud83d\" \"\\ud83d\"]", "\"\\ud83d",
                            "\"\xff", "[\"\xff\"", "\"\\\xff\"", "\"\\ud83\"", "\"\xff\t\""}) {
    EXPECT_NE(failure<Json>(text), "") << text;
  }
}

TEST(ABrokenText, DoesNotShiftThePositionInAnError) {
  EXPECT_EQ(failure<Source>("{\"name\":\"\xff\xff\xff\",\"slug\":x}"),
            failure<Source>("{\"name\":\"abc\",\"slug\":x}"));
  EXPECT_EQ(failure<Source>(R"({"name":"\ud83d","slug":x})"),
            failure<Source>(R"({"name":"\u00e9","slug":x})"));
}

TEST(ABrokenText, MayAppearNextToNumbersOutsideTheRangeOfADouble) {
  EXPECT_EQ(read<Json>("[1e400,\"\xff\",-1e400,\"1e400\"]").dump(),
            "[1e400,\"\ufffd\",-1e400,\"1e400\"]");
}

TEST(ABrokenText, IsRefusedIfItIsLongAndAllOfItIsBroken) {
  EXPECT_TRUE(failure<Json>("\"" + string(1'000'000, '\xff') + "\"").find("is not JSON") !=
              string::npos);
  EXPECT_EQ(failure<Json>("\"" + string(1'000'000, 'x') + "\xff\""), "");
}

TEST(ABrokenText, IsRefusedInJsonFromTheCaller) {
  for (const auto& [written, expected] : broken) {
    try {
      static_cast<void>(Json::parse(R"({"a":[1,")" + written + "\"]}"));
      ADD_FAILURE() << "it was read: " << written;
    } catch (const DecodeError& error) {
      EXPECT_EQ(error.pointer(), "/a/1");
      EXPECT_NE(string(error.what()).find("not Unicode"), string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace segment
