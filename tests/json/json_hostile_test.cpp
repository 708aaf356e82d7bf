// Texts meant to crash a reader, or to keep it busy forever.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <random>
#include <string>
#include <string_view>

#include "both_readers.hpp"
#include "segment/api/types/sources.hpp"
#include "segment/convert.hpp"
#include "segment/error.hpp"
#include "segment/types/json.hpp"

namespace segment {
namespace {

// Seeded with the test's name: other tests do not affect the numbers, and a failure is
// reproducible.
std::mt19937_64 random_of_this_test() {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  std::uint64_t seed = 14695981039346656037U;  // FNV-1a: std::hash may differ between libraries
  for (char c : std::string(test->test_suite_name()) + test->name()) {
    seed = (seed ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  return std::mt19937_64(seed);
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

// Reads a text that may not be JSON; anything but a value or a DecodeError fails the test.
bool is_read(std::string_view text) {
  try {
    const Json json = parsed(text);
    static_cast<void>(json.dump());
    return true;
  } catch (const DecodeError&) {
    return false;
  }
}

constexpr std::string_view sample =
    R"({"id":"s1","n":[-1.5e3,0,18446744073709551615],"t":true,"x":null,"u":"\u00e9\ud83d\ude00é"})";

TEST(HostileJson, IsRefusedWhenItIsNestedDeeperThanTheLimit) {
  EXPECT_TRUE(is_read(repeated("[", 256) + repeated("]", 256)));
  EXPECT_FALSE(is_read(repeated("[", 257) + repeated("]", 257)));
  EXPECT_TRUE(is_read(repeated("{\"a\":", 256) + "1" + repeated("}", 256)));
  EXPECT_FALSE(is_read(repeated("{\"a\":", 257) + "1" + repeated("}", 257)));
}

TEST(HostileJson, Nested200000DeepDoesNotCrashTheReader) {
  EXPECT_FALSE(is_read(repeated("[", 200000)));
  EXPECT_FALSE(is_read(repeated("[", 200000) + repeated("]", 200000)));
  EXPECT_FALSE(is_read(repeated("{\"a\":[", 200000)));
}

TEST(HostileJson, IsRefusedWithTheNestingLimitInTheMessage) {
  try {
    static_cast<void>(parsed(repeated("[", 300)));
    FAIL() << "it was read";
  } catch (const DecodeError& error) {
    EXPECT_NE(std::string(error.what()).find("256"), std::string::npos) << error.what();
  }
}

TEST(HostileJson, BuiltTooDeepInCodeIsRefusedByTheWriter) {
  Json json;
  for (int depth = 0; depth < 1000; ++depth) {
    Json outer = Json::array();
    outer.push_back(std::move(json));
    json = std::move(outer);
  }
  EXPECT_THROW(static_cast<void>(json.dump()), InvalidArgumentError);
}

TEST(HostileJson, TruncatedAtAnyByteIsRefused) {
  for (std::size_t length = 0; length < sample.size(); ++length) {
    // A copy on the heap, so that the sanitizer sees a read past the end.
    EXPECT_FALSE(is_read(std::string(sample.substr(0, length)))) << length;
  }
  EXPECT_TRUE(is_read(sample));
}

TEST(HostileJson, OfRandomBytesNeverCrashes) {
  auto random = random_of_this_test();
  for (int round = 0; round < 3000; ++round) {
    std::string text(random() % 40, '\0');
    for (char& c : text) c = static_cast<char>(random());
    is_read(text);
  }
}

TEST(HostileJson, OfRandomPiecesOfJsonNeverCrashesAndIsReadTheSameTwice) {
  constexpr std::string_view pieces[] = {"{",     "}",    "[",     "]",        ":",   ",",
                                         "\"a\"", "\"",   "1",     "-",        "1e9", ".",
                                         "true",  "null", "\\u00", "\xc3\xa9", " "};
  auto random = random_of_this_test();
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t piece = random() % 12; piece > 0; --piece) {
      text += pieces[random() % std::size(pieces)];
    }
    if (!is_read(text)) continue;
    const Json json = parsed(text);
    EXPECT_EQ(parsed(json.dump()), json) << text;
  }
}

TEST(HostileJson, WithAByteChangedAnywhereNeverCrashesATypesReader) {
  const std::string text =
      R"({"id":"s","slug":"web","metadata":{"logos":{"mark":null},"options":[{"required":true}]},)"
      R"("enabled":true,"writeKeys":["k"],"settings":{"a":[1]},"labels":[{"key":"k","value":"v"}]})";
  ASSERT_NO_THROW(static_cast<void>(from_json<Source>(parsed(text))));
  auto random = random_of_this_test();
  for (int round = 0; round < 3000; ++round) {
    std::string changed = text;
    changed[random() % changed.size()] = "{}[]:,\"19tn\\ "[random() % 13];
    try {
      static_cast<void>(from_json<Source>(parsed(changed)));
    } catch (const DecodeError&) {
    }
  }
}

TEST(HostileJson, WithManyMembersOfOneNameIsReadInLinearTime) {
  // A quadratic reader takes minutes for this.
  const std::string text = "{" + repeated("\"a\":0,", 200000) + "\"a\":1}";
  EXPECT_EQ(Json::parse(text).dump(), R"({"a":1})");
}

}  // namespace
}  // namespace segment
