// The JSON readers one by one: they report the same events for every text.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "both_readers.hpp"
#include "json/events.hpp"
#include "random_json.hpp"
#include "support/sanitizers.hpp"

namespace segment {
namespace {

using namespace std::string_literals;
using Lines = std::vector<std::string>;

class EveryReader : public ::testing::TestWithParam<JsonReader> {
 protected:
  static Lines lines_of(std::string_view text) {
    std::istringstream events(events_of(GetParam(), text));
    Lines lines;
    for (std::string line; std::getline(events, line);) lines.push_back(line);
    return lines;
  }
};

INSTANTIATE_TEST_SUITE_P(Json, EveryReader, ::testing::ValuesIn(every_reader()),
                         [](const auto& reader) { return std::string(reader.param.name); });

#ifdef SEGMENT_HAS_SIMDJSON_READER
// A response's text is read in place, whatever the memory after it contains.
TEST(ReadingInPlace, ReadsNothingPastTheEndOfTheText) {
  const std::string behind = "2345, \"x\"], [[{}} \\u00" + std::string(64, '"');
  for (const std::string text :
       {"[1", "1", "[1, 2]", "{\"a\": 1", "\"a", "tru", "{\"a\": \"b\"}"}) {
    const std::string memory = text + behind;
    const JsonReader in_place{"in place", [](std::string_view read, detail::JsonEvents& events) {
                                detail::read_json_with_simdjson(read, {.behind = 64}, events);
                              }};
    const std::string_view readable = std::string_view(memory).substr(0, text.size());
    EXPECT_EQ(events_of(in_place, readable), events_of(every_reader().front(), text)) << text;
  }
}
#endif

TEST_P(EveryReader, ReportsAValueOfEachKind) {
  EXPECT_EQ(lines_of(R"( {"a" : [null, true, false, "x", {}], "b": -7} )"),
            (Lines{"{", "key a", "[", "null", "true", "false", "text x", "{", "}", "]", "key b",
                   "integer -7", "}"}));
  EXPECT_EQ(lines_of("\"alone\""), Lines{"text alone"});
}

TEST_P(EveryReader, ReportsMembersWithTheSameNameInOrder) {
  EXPECT_EQ(lines_of(R"({"a":1,"b":2,"a":3})"),
            (Lines{"{", "key a", "integer 1", "key b", "integer 2", "key a", "integer 3", "}"}));
}

TEST_P(EveryReader, ReportsIntegersOf64BitsAndLargerOnesAsNumbers) {
  EXPECT_EQ(lines_of("9223372036854775807"), Lines{"integer 9223372036854775807"});
  EXPECT_EQ(lines_of("-9223372036854775808"), Lines{"integer -9223372036854775808"});
  EXPECT_EQ(lines_of("9223372036854775808"), Lines{"wide integer 9223372036854775808"});
  EXPECT_EQ(lines_of("18446744073709551615"), Lines{"wide integer 18446744073709551615"});
  EXPECT_EQ(lines_of("18446744073709551616"), Lines{"number 1p+64"});
  EXPECT_EQ(lines_of("-9223372036854775809"), Lines{"number -1p+63 written -9223372036854775809"});
}

TEST_P(EveryReader, LosesNoDigitOfNumbersThatAreNotIntegers) {
  EXPECT_EQ(lines_of(R"([7,"1.5",2.5,5.0,{"8":18446744073709551615,"x\"2":1e3},-0.0])"),
            (Lines{"[", "integer 7", "text 1.5", "number 1.4p+1", "number 1.4p+2 whole 5", "{",
                   "key 8", "wide integer 18446744073709551615", "key x\"2",
                   "number 1.f4p+9 whole 1000", "}", "number -0p+0 whole 0", "]"}));
  EXPECT_EQ(lines_of("1.00000000000000000001"),
            Lines{"number 1p+0 written 1.00000000000000000001"});
  EXPECT_EQ(lines_of("[1.5,-1e400]"),
            (Lines{"[", "number 1.8p+0", "number -inf written -1e400", "]"}));
}

TEST_P(EveryReader, SkipsAByteOrderMark) {
  EXPECT_EQ(lines_of("\xef\xbb\xbf[1]"), (Lines{"[", "integer 1", "]"}));
}

TEST_P(EveryReader, RefusesNestingDeeperThan256Levels) {
  const std::string refused = "refused:  is nested deeper than 256 levels";
  EXPECT_EQ(lines_of(std::string(256, '[') + std::string(256, ']')).back(), "]");
  for (const int depth : {257, 1024, 1025, 200000}) {
    const auto brackets = static_cast<std::size_t>(depth);
    EXPECT_EQ(lines_of(std::string(brackets, '[') + std::string(brackets, ']')).back(), refused);
    EXPECT_EQ(lines_of(std::string(brackets, '[')).back(), refused);
  }
}

TEST_P(EveryReader, AcceptsAnyNumberOfObjectsAndArraysSideBySide) {
  std::string text = "[{}";
  for (int i = 0; i < 300; ++i) text += ",[],{}";
  EXPECT_EQ(lines_of(text + "]").back(), "]");
}

TEST_P(EveryReader, SaysWhereATextStopsBeingJson) {
  EXPECT_EQ(lines_of("[1 2]").back(), "refused:  is not JSON from byte 4 on");
  EXPECT_EQ(lines_of("{}\0"s).back(), "refused:  is not JSON from byte 2 on");
  for (const std::string& text : {""s, " "s, "[1]]"s, "{} x"s, "[1,]"s, "nul"s, "\xff"s, "[\xff]"s,
                                  "\"\\ud800"s, "\"\t\""s, "[01]"s, "1."s, "-"s, "\"\\x\""s}) {
    EXPECT_TRUE(lines_of(text).back().starts_with("refused:  is not JSON from byte ")) << text;
  }
}

// Gives up at the first text.
class Impatient final : public detail::JsonEvents {
 public:
  void null() override {}
  void boolean(bool /*value*/) override {}
  void integer(std::int64_t /*value*/) override {}
  void wide_integer(std::uint64_t /*value*/) override {}
  void number(double /*value*/, std::string_view /*text*/) override {}
  void text(std::string_view value) override { throw std::string(value); }
  void begin_object() override {}
  void key(std::string_view /*name*/) override {}
  void end_object() override {}
  void begin_array() override {}
  void end_array() override {}
};

TEST_P(EveryReader, LetsExceptionsFromTheEventsThrough) {
  Impatient impatient;
  try {
    GetParam().read(R"({"a":[1,"enough"]})", impatient);
    FAIL() << "it continued";
  } catch (const std::string& thrown) {
    EXPECT_EQ(thrown, "enough");
  }
}

TEST(Readers, AgreeOnEveryFormOfANumber) {
  for (const std::string sign : {"", "-", "+"}) {
    for (const std::string digits :
         {"", "0", "1", "00", "01", "9007199254740993", "9223372036854775807",
          "9223372036854775808", "9223372036854775809", "18446744073709551615",
          "18446744073709551616", "123456789012345678901234567890"}) {
      for (const char* fraction : {"", ".", ".0", ".5", ".00000000000000000000001", ".e"}) {
        for (const char* exponent : {"", "e", "e0", "E+2", "e-2", "e308", "e309", "e-330", "e9-"}) {
          expect_readers_agree("[" + sign + digits + fraction + exponent + "]");
        }
      }
    }
  }
  for (const char* text : {"4.9e-324", "2.4e-324", "2.2250738585072011e-308", "0.1", "1e23",
                           "1.7976931348623157e308", "1.7976931348623159e308", "9e-326", "0e999",
                           "7.2057594037927933e16", "6.8440038002e-315", "-0", "-0e0"}) {
    expect_readers_agree(text);
  }
}

TEST(Readers, AgreeOnEveryEscapedCharacter) {
  for (unsigned code = 0; code < 0x10000; code += code < 0x100 || code > 0xd700 ? 1 : 0x11) {
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04x", code);
    expect_readers_agree("\"" + std::string(escape) + "\"");
  }
  for (const char* first : {"\\ud800", "\\udbff", "\\udc00", "\\udfff", "a", "\\n"}) {
    for (const char* second : {"\\ud800", "\\udc00", "\\udfff", "\\u0041", "\\", "\\u", "\\udc0"}) {
      expect_readers_agree("\"" + std::string(first) + second + "\"");
      expect_readers_agree("{\"" + std::string(first) + second + "\":1}");
    }
  }
}

TEST(Readers, AgreeOnEveryByteAndPairOfBytesInAText) {
  for (int first = 0; first < 256; ++first) {
    const std::string one(1, static_cast<char>(first));
    expect_readers_agree(one);
    expect_readers_agree("\"" + one + "\"");
    expect_readers_agree("[" + one + "1]");
    for (int second = 0; second < 256; second += 3) {
      expect_readers_agree("\"" + one + static_cast<char>(second) + "\"");
    }
  }
}

std::vector<std::string> corpus() {
  std::vector<std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(SEGMENT_JSON_CORPUS)) {
    std::ifstream file(entry.path(), std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return texts;
}

TEST(Readers, AgreeOnTheFuzzCorpusAndOnMutationsOfIt) {
  std::mt19937_64 random(1);
  const auto texts = corpus();
  ASSERT_FALSE(texts.empty());
  for (const std::string& text : texts) {
    expect_readers_agree(text);
    for (int round = 0; round < 200; ++round) expect_readers_agree(changed(text, random));
  }
}

TEST(Readers, AgreeOnRandomJsonAndOnMutationsOfIt) {
  std::mt19937_64 random(2);
  const int rounds = test::is_sanitized() ? 100 : 1000;
  for (int round = 0; round < rounds; ++round) {
    const std::string text = RandomJson(random).text();
    ASSERT_EQ(events_of(every_reader().front(), text).find("refused"), std::string::npos) << text;
    expect_readers_agree(text);
    for (int change = 0; change < 3; ++change) expect_readers_agree(changed(text, random));
  }
}

TEST(Readers, AgreeOnATextTruncatedAnywhere) {
  std::mt19937_64 random(3);
  const std::string text = RandomJson(random).text();
  for (std::size_t length = 0; length < text.size(); ++length) {
    // A copy on the heap, so that the sanitizer sees a read past the end.
    expect_readers_agree(std::string(text.substr(0, length)));
  }
}

}  // namespace
}  // namespace segment
