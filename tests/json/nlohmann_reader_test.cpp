// The reader hides plain texts and huge numbers from nlohmann's lexer, which must not show: the
// parser reads the same JSON in full here.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>

#include "both_readers.hpp"
#include "random_json.hpp"

namespace segment {
namespace {

const JsonReader& reader() { return every_reader().front(); }

// Where the parser itself stops; 0 if it reads all of it.
std::size_t place_of_error(std::string_view text) {
  try {
    [[maybe_unused]] const auto read = nlohmann::json::parse(text);
    return 0;
  } catch (const nlohmann::json::parse_error& error) {
    return error.byte;
  }
}

void expect_the_same_place(const std::string& text) {
  const std::size_t place = place_of_error(text);
  const std::string events = events_of(reader(), text);
  const std::string refusal = "refused:  is not JSON from byte ";
  const std::size_t refused = events.find(refusal);
  ASSERT_EQ(refused == std::string::npos, place == 0) << text;
  if (place != 0) {
    EXPECT_EQ(events.substr(refused + refusal.size()), std::to_string(place) + " on\n") << text;
  }
}

TEST(NlohmannReader, ReadsTextsOfEachLengthWithAnyCharacterAnywhere) {
  for (std::size_t length = 0; length < 20; ++length) {
    const std::string text(length, 'x');
    EXPECT_EQ(events_of(reader(), '"' + text + '"'), "text " + text + '\n');
    for (std::size_t at = 0; at < length; ++at) {
      for (unsigned char byte = 1; byte < 0x80U; ++byte) {
        std::string changed = text;
        changed[at] = static_cast<char>(byte);
        expect_the_same_place('"' + changed + '"');
        if (byte < 0x20U || byte == '"' || byte == '\\') continue;
        EXPECT_EQ(events_of(reader(), '"' + changed + '"'), "text " + changed + '\n');
      }
    }
  }
}

TEST(NlohmannReader, ReadsTextsThatAreNotASCIIOrHaveEscapes) {
  EXPECT_EQ(events_of(reader(), R"(["Sch\u00f6n und gut","schön und gut","a \"b\" c","\\",""])"),
            "[\ntext Schön und gut\ntext schön und gut\ntext a \"b\" c\ntext \\\ntext \n]\n");
}

TEST(NlohmannReader, SaysWhereATextStopsBeingJsonAsTheParserDoes) {
  const std::string text =
      R"({"name":"a plain text","k\u00e9y":["with \"escapes\"","",{}, -12.5e3,true],"n":null,"x":"e"})";
  for (std::size_t at = 0; at < text.size(); ++at) {
    expect_the_same_place(text.substr(0, at));
    for (const char c : std::string_view("\"\\x1-,:]} \x01")) {
      std::string changed = text;
      expect_the_same_place(changed.insert(at, 1, c));
    }
    std::string shorter = text;
    if ((static_cast<unsigned char>(shorter[at]) & 0x80U) == 0) {
      expect_the_same_place(shorter.erase(at, 1));
    }
  }
}

TEST(NlohmannReader, CountsAHugeNumberInFullWhereATextStopsBeingJson) {
  EXPECT_EQ(events_of(reader(), "[1e400 x"),
            "[\nnumber inf written 1e400\nrefused:  is not JSON from byte 8 on\n");
  EXPECT_EQ(events_of(reader(), "[tru1e400]"), "[\nrefused:  is not JSON from byte 5 on\n");
}

}  // namespace
}  // namespace segment
