// The memory that a response takes is bounded by its size, whatever it contains. Counted in bytes,
// at its peak.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/builder.hpp"
#include "json/events.hpp"
#include "json/typed/decoder.hpp"
#include "json/typed/describe_members.hpp"
#include "segment/api/types/destinations.hpp"
#include "segment/api/types/labels.hpp"
#include "segment/api/types/reverse_etl.hpp"
#include "segment/api/types/sources.hpp"
#include "support/fake_client.hpp"
#include "support/replaced_new.hpp"
#include "support/sanitizers.hpp"

namespace {

// Per thread: only the counting thread is measured, and others may allocate at the same time.
thread_local bool counting = false;
thread_local std::size_t in_use = 0;
thread_local std::size_t most_in_use = 0;

// Precedes each piece of memory, and links to the others.
struct alignas(16) Piece {
  std::size_t size;  // if it is counted, otherwise 0
  std::size_t all;   // its size in any case
  Piece* next;
  Piece* previous;
};

constinit std::mutex pieces_mutex;               // NOLINT: operator new has no other way to them
constinit Piece pieces{0, 0, &pieces, &pieces};  // NOLINT

}  // namespace

void* segment::test::allocate(std::size_t size) noexcept {
  auto* piece = static_cast<Piece*>(std::malloc(sizeof(Piece) + size));
  if (piece == nullptr) return nullptr;
  if (counting) most_in_use = std::max(most_in_use, in_use += size);
  const std::scoped_lock lock(pieces_mutex);
  *piece = {counting ? size : 0, size, &pieces, pieces.previous};
  pieces.previous->next = piece;
  pieces.previous = piece;
  return piece + 1;
}

void segment::test::give_back(void* memory) noexcept {
  if (memory == nullptr) return;
  Piece* const piece = static_cast<Piece*>(memory) - 1;
  if (counting) in_use -= std::min(in_use, piece->size);
  {
    const std::scoped_lock lock(pieces_mutex);
    piece->previous->next = piece->next;
    piece->next->previous = piece->previous;
  }
  std::free(piece);
}

namespace segment {
namespace {

using std::string;

constexpr std::size_t mebibyte = std::size_t{1} << 20U;

string list_of(std::string_view piece, std::size_t bytes) {
  string text;
  while (text.size() < bytes) text += piece;
  text.pop_back();  // the last comma
  return text;
}

struct Reading {
  string refused{};  // where, and why
  std::size_t most = 0;
};

// The memory that it takes to read a text as a response is read.
template <class T>
Reading reading_of(const string& text) {
  Reading result;
  T object = detail::empty<T>();
  counting = true;
  in_use = most_in_use = 0;
  try {
    const detail::MismatchSink none;
    detail::Decoder decoder(detail::Describe<T>::type, &object, none,
                            detail::MemoryBudget::of_answer(text.size()));
    detail::read_json_with_nlohmann(text, {}, decoder);
  } catch (const detail::BadJson& bad) {
    counting = false;
    result.refused = bad.pointer + " " + bad.reason;
  }
  counting = false;
  result.most = most_in_use;
  return result;
}

// A few bytes each become hundreds in memory.
template <class T>
void expect_refused_within_the_budget(const string& text, std::string_view pointer) {
  const Reading reading = reading_of<T>(text);
  EXPECT_TRUE(reading.refused.starts_with(pointer)) << reading.refused;
  EXPECT_NE(reading.refused.find("more memory than a response may"), string::npos)
      << reading.refused;
  constexpr std::size_t of_the_readers_own = 16384;
  EXPECT_LE(reading.most, 4 * text.size() + mebibyte + of_the_readers_own);
}

#ifdef SEGMENT_HAS_SIMDJSON_READER
// What is allocated and not freed, in bytes, and how many pieces of it contain a text.
struct Held {
  std::size_t bytes = 0;
  int with_text = 0;
};

Held held(std::string_view text) {
  const std::scoped_lock lock(pieces_mutex);
  Held found;
  for (const Piece* piece = pieces.next; piece != &pieces; piece = piece->next) {
    found.bytes += piece->all;
    if (memmem(piece + 1, piece->all, text.data(), text.size()) != nullptr) ++found.with_text;
  }
  return found;
}

// Reads a text that has padding after it; returns the most that is allocated meanwhile, in bytes.
std::size_t taken_to_read(const string& text, detail::JsonEvents& events) {
  string with_room = text;
  with_room.append(64, ' ');
  counting = true;
  in_use = most_in_use = 0;
  detail::read_json_with_simdjson(std::string_view(with_room).substr(0, text.size()),
                                  {.behind = 64}, events);
  counting = false;
  return most_in_use;
}

std::size_t taken_to_read(const string& text) {
  Json json;
  detail::JsonBuilder builder;
  builder.start(json);
  return taken_to_read(text, builder);
}

string text_of(std::size_t bytes) { return "[\"" + string(bytes, 'x') + "\"]"; }

TEST(TheMemoryOfAReader, HoldsNothingOfWhatWasRead) {
  string secret = "a-secret-of-which-the-text-has-two-halves";
  const string escaped = "a-secret-of-which\\u002dthe-text-has-two-halves";
  taken_to_read("[\"" + escaped + "\", {\"" + escaped + "\": [1, \"" + escaped + "\"]}]");
  EXPECT_EQ(held(secret).with_text, 1) << "only the one here";
}

TEST(TheMemoryOfAReader, IsReusedForTheNextLargeText) {
  taken_to_read(text_of(mebibyte));
  EXPECT_LT(taken_to_read(text_of(mebibyte)), 2 * mebibyte) << "the value alone takes half of it";
}

TEST(TheMemoryOfAReader, IsReleasedOnceTextsAreSmallAgain) {
  taken_to_read("[1]");
  const std::size_t before = held("").bytes;
  taken_to_read(text_of(mebibyte));
  EXPECT_GT(held("").bytes, before + 4 * mebibyte);
  taken_to_read("[1]");
  EXPECT_LT(held("").bytes, before + mebibyte);
}

TEST(TheMemoryOfAReader, IsReleasedEvenIfASmallTextIsReadDuringALargeOne) {
  for (int i = 0; i < 8; ++i) taken_to_read("[1]");
  const std::size_t before = held("").bytes;
  auto label = detail::empty<Label>();
  const detail::MismatchSink meanwhile = [](SchemaMismatch::Kind, std::string_view) {
    taken_to_read("[1]");
  };
  detail::Decoder decoder(detail::Describe<Label>::type, &label, meanwhile);
  taken_to_read(R"({"unknown":)" + text_of(mebibyte) + "}", decoder);
  EXPECT_GT(held("").bytes, before + 4 * mebibyte);
  for (int i = 0; i < 8; ++i) taken_to_read("[1]");
  EXPECT_LT(held("").bytes, before + mebibyte);
}

TEST(TheMemoryOfAReader, IsNotKeptAfterAVeryLargeText) {
  taken_to_read("[1]");
  const std::size_t before = held("").bytes;
  taken_to_read(text_of(8 * mebibyte));
  EXPECT_LT(held("").bytes, before + mebibyte);
}
#endif

TEST(AResponseBody, OfManyShortElementsIsRefusedWithinItsBudgetWhateverHoldsThem) {
  constexpr std::size_t size = (test::is_sanitized() ? 1 : 4) * mebibyte;
  const string zeros = list_of("0,", size);
  expect_refused_within_the_budget<Destination>(R"({"settings":{"a":[)" + zeros + "]}}",
                                                "/settings/a/");
  expect_refused_within_the_budget<Json>("[" + zeros + "]", "/");
  expect_refused_within_the_budget<Json>("[" + list_of("[],", size) + "]", "/");
  expect_refused_within_the_budget<Json>("[" + list_of(R"({"a":{}},)", size) + "]", "/");
  expect_refused_within_the_budget<Json>("{" + list_of(R"("a":0,)", size) + "}", "/a");
  expect_refused_within_the_budget<std::vector<Label>>("[" + list_of("{},", size) + "]", "/");
  expect_refused_within_the_budget<std::vector<std::string>>("[" + list_of(R"("",)", size) + "]",
                                                             "/");
  expect_refused_within_the_budget<std::vector<Source>>(
      "[" + list_of(R"({"labels":[{}]},)", size) + "]", "/");
  expect_refused_within_the_budget<ReverseEtlSchedule>(
      R"({"strategy":"x","config":[)" + zeros + "]}", "/config/");
}

TEST(AResponseBody, OfAMapWithManyShortEntriesIsRefusedWithinItsBudget) {
  string text = "{";
  for (int i = 0; i < 200'000; ++i) text += '"' + std::to_string(i) + "\":1,";
  text.back() = '}';
  expect_refused_within_the_budget<std::map<std::string, std::int64_t>>(text, "/");
  expect_refused_within_the_budget<Json>(text, "/");
}

// A list that has only just fitted while growing is copied once it is complete.
TEST(AResponseBody, OfAnyNumberOfShortElementsStaysWithinItsBudget) {
  for (std::size_t count = 1024; count <= std::size_t{1} << 15U; count += count / 4) {
    const string text = "[" + list_of("0,", 2 * count) + "]";
    EXPECT_LE(reading_of<Json>(text).most, 4 * text.size() + mebibyte + 16384) << count;
  }
}

TEST(AResponseBody, OfStringsJustTooLongToBeStoredInlineStaysWithinItsBudget) {
  for (const std::size_t count : {1025U, 131'073U, 262'145U, 393'216U}) {
    const string text = "[" + list_of("\"0123456789abcdef\",", 19 * count) + "]";
    EXPECT_LE(reading_of<std::vector<string>>(text).most, 4 * text.size() + mebibyte + 16384)
        << count;
  }
}

TEST(AResponseBody, MayHoldAnythingInMembersThatAreSkipped) {
  EXPECT_EQ(reading_of<Source>(R"({"new":[)" + list_of("0,", mebibyte) + "]}").refused, "");
  EXPECT_LE(reading_of<Source>(R"({"new":[)" + list_of("0,", mebibyte) + "]}").most, 16384U);
}

TEST(AResponseBody, OfLongStringsTakesLessThanTwiceItsSize) {
  const string text = "[" + list_of('"' + string(200, 'x') + "\",", 4 * mebibyte) + "]";
  const Reading reading = reading_of<Json>(text);
  EXPECT_EQ(reading.refused, "");
  EXPECT_LE(reading.most, 2 * text.size());
}

// The rules of a tracking plan contain more free-form JSON than any other response.
string rule(int number) {
  string properties;
  for (int i = 0; i < 12; ++i) {
    properties += (i == 0 ? "" : ",") + ("\"property_" + std::to_string(i)) +
                  R"(":{"description":"What this property is for","type":"string"})";
  }
  return R"({"key":"Event )" + std::to_string(number) +
         R"(","type":"TRACK","version":1,"jsonSchema":{"type":"object","properties":{)"
         R"("properties":{"type":"object","properties":{)" +
         properties + R"(},"required":["property_0"]}}}})";
}

TEST(AResponseBody, OfTwoThousandRulesWithTheirSchemasIsRead) {
  string text = "[";
  for (int i = 0; i < 2000; ++i) text += (i == 0 ? "" : ",") + rule(i);
  EXPECT_EQ(reading_of<Json>(text + "]").refused, "");
}

TEST(AResponseBody, OfAThousandLabelsIsRead) {
  EXPECT_EQ(
      reading_of<std::vector<Label>>("[" + list_of(R"({"key":"a","value":"b"},)", 24'000) + "]")
          .refused,
      "");
}

// Whole calls -------------------------------------------------------------------------------------

// A sanitizer needs several times the memory.
constexpr std::size_t largest = (test::is_sanitized() ? 2 : 64) * mebibyte;

// A text with as many copies of a piece as there is room for, between its beginning and its end.
string filled(const string& begin, const string& piece, const string& end) {
  string text = begin;
  text.reserve(largest);
  while (text.size() + piece.size() + end.size() <= largest) text += piece;
  if (text.back() == ',') text.pop_back();
  return std::move(text += end);  // concatenating into a new string would take twice the memory
}

struct Shape {
  const char* name;
  int status;
  string begin;
  string piece;
  string end;
};

void PrintTo(const Shape& shape, std::ostream* out) { *out << shape.name; }

// Each piece is long, so that a test need not join a million of them, but its elements are short.
const std::vector<Shape>& shapes() {
  const auto many = [](const string& piece) {
    string pieces;
    while (pieces.size() < 65536) pieces += piece;
    return pieces;
  };
  static const std::vector<Shape> all = {
      {"zeros", 200, R"({"data":[)", many("0,"), "]}"},
      {"empty_arrays", 200, R"({"data":[)", many("[],"), "]}"},
      {"small_objects", 200, R"({"data":[)", many(R"({"a":{}},)"), "]}"},
      {"members_of_one_name", 200, R"({"data":{)", many(R"("a":0,)"), "}}"},
      {"empty_texts", 200, R"({"data":[)", many(R"("",)"), "]}"},
      {"texts_just_too_long_to_lie_within", 200, R"({"data":[)", many(R"("0123456789abcdef",)"),
       "]}"},
      {"one_text", 200, R"({"data":")", many("x"), R"("})"},
      {"one_text_of_escapes", 200, R"({"data":")", many(R"(\u00e9)"), R"("})"},
      {"one_text_that_does_not_end", 200, R"({"data":")", many("x"), ""},
      {"texts_of_which_each_is_broken", 200, R"({"data":[)",
       many("\"a text that breaks only at its end \xff\","), "]}"},
      {"one_number", 200, R"({"data":)", many("1"), "}"},
      {"numbers_that_no_double_reaches", 200, R"({"data":[)", many("1e999,"), "]}"},
      {"numbers_of_many_digits", 200, R"({"data":[)", many("1.00000000000000000001,"), "]}"},
      {"bytes_that_are_no_text", 200, R"({"data":")", many("\xff\xfe"), R"("})"},
      {"errors", 400, R"({"errors":[)", many(R"({"type":"a","message":"b"},)"), "]}"},
      {"a_page_of_a_gateway", 502, "<html>", many("<p>gone</p>"), "</html>"}};
  return all;
}

class AResponse : public ::testing::TestWithParam<Shape> {};

INSTANTIATE_TEST_SUITE_P(Of, AResponse, ::testing::ValuesIn(shapes()),
                         [](const auto& tested) { return string(tested.param.name); });

TEST_P(AResponse, OfSixtyFourMebibytesTakesNoMoreThanFourTimesItsSize) {
  const Shape& shape = GetParam();
  testing::FakeClient fake({.retry = {.max_attempts = 1}, .max_response_bytes = largest});
  fake.transport->respond_with([&](const http::Request&) -> http::Outcome {
    return http::Response{shape.status, {}, filled(shape.begin, shape.piece, shape.end)};
  });
  counting = true;
  in_use = most_in_use = 0;
  try {
    (void)fake.client.call(http::Method::get, "/anything");
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): many are refused
  }
  counting = false;
  EXPECT_LE(most_in_use, 4 * largest + mebibyte);
  EXPECT_GE(most_in_use, largest);
}

}  // namespace
}  // namespace segment
