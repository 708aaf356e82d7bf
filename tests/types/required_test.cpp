#include "segment/types/required.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "segment/api/types/labels.hpp"
#include "segment/api/types/sources.hpp"

namespace segment {
namespace {

static_assert(!std::is_default_constructible_v<Required<std::string>>);
static_assert(!std::is_default_constructible_v<Required<bool>>);
static_assert(sizeof(Required<std::string>) == sizeof(std::string));

TEST(Required, ReadsLikeTheValueThatItHolds) {
  const Required<std::string> slug = "web";
  const std::string& text = slug;
  EXPECT_EQ(text, "web");
  EXPECT_EQ(slug, "web");
  EXPECT_EQ(slug, std::string("web"));
  EXPECT_NE(slug, "app");
  EXPECT_EQ(slug->size(), 3U);
  EXPECT_EQ(*slug, "web");
  std::ostringstream out;
  out << slug;
  EXPECT_EQ(out.str(), "web");
}

TEST(Required, ConvertsToBoolIfItHoldsOne) {
  const Required<bool> enabled = true;
  EXPECT_TRUE(enabled);
  EXPECT_TRUE(enabled.value());
  EXPECT_EQ(enabled, true);
  if (!enabled) FAIL();
}

TEST(Required, AcceptsOnlyABoolForABool) {
  static_assert(std::is_constructible_v<Required<bool>, bool>);
  static_assert(!std::is_convertible_v<const char*, Required<bool>>);
  static_assert(!std::is_constructible_v<Required<bool>, const char*>);
  static_assert(!std::is_constructible_v<Required<bool>, int>);
  static_assert(!std::is_constructible_v<Required<bool>, std::string*>);
}

TEST(Required, DoesNotTakeANumberFromABoolAStringOrAFraction) {
  static_assert(std::is_convertible_v<int, Required<std::int64_t>>);
  static_assert(std::is_convertible_v<std::int64_t&, Required<std::int64_t>>);
  static_assert(!std::is_constructible_v<Required<std::int64_t>, bool>);
  static_assert(!std::is_constructible_v<Required<std::int64_t>, double>);
  static_assert(!std::is_constructible_v<Required<std::int64_t>, const char*>);
  static_assert(std::is_convertible_v<int, Required<double>>);
  static_assert(!std::is_constructible_v<Required<double>, bool>);
  const Required<std::int64_t> count = 5;
  EXPECT_EQ(count, 5);
}

TEST(Required, AcceptsOnlyIdsOfItsOwnType) {
  static_assert(std::is_convertible_v<SourceId, Required<SourceId>>);
  static_assert(!std::is_convertible_v<SourceMetadataId, Required<SourceId>>);
  static_assert(!std::is_convertible_v<const char*, Required<SourceId>>);
  static_assert(!std::is_convertible_v<std::string, Required<SourceId>>);
}

TEST(Required, CanBeChangedInPlace) {
  Label label{.key = "a", .value = "b"};
  label.key = "c";
  label.value.value() += "d";
  EXPECT_EQ(label, (Label{.key = "c", .value = "bd"}));
  Required<std::vector<int>> list = std::vector<int>{1};
  list->push_back(2);
  EXPECT_EQ(list->size(), 2U);
}

TEST(Required, MovesItsValueOutOfAnRvalue) {
  Required<std::string> text = std::string(100, 'x');
  const char* memory = text->data();
  const std::string taken = std::move(text).value();
  EXPECT_EQ(taken.data(), memory);
}

TEST(Required, AcceptsABracedList) {
  const Label a{.key = "a", .value = "b"};
  const Label c{.key = "c", .value = "d"};
  EXPECT_EQ(*AddSourceLabels{.labels = {a}}.labels, std::vector<Label>{a});
  EXPECT_EQ((*AddSourceLabels{.labels = {a, c}}.labels), (std::vector<Label>{a, c}));
  EXPECT_EQ(*AddSourceLabels{.labels = {{a}}}.labels, std::vector<Label>{a});
  EXPECT_EQ((*AddSourceLabels{.labels = {{a, c}}}.labels), (std::vector<Label>{a, c}));
  const AddSourceLabels written{.labels = {{.key = "a", .value = "b"}, {.key = "c", .value = "d"}}};
  EXPECT_EQ(*written.labels, (std::vector<Label>{a, c}));
  const AddSourceLabels twice{.labels = {{{.key = "a", .value = "b"}, {.key = "c", .value = "d"}}}};
  EXPECT_EQ(*twice.labels, (std::vector<Label>{a, c}));
}

TEST(Required, AcceptsAnExistingList) {
  const std::vector<Label> labels = {{.key = "a", .value = "b"}, {.key = "c", .value = "d"}};
  EXPECT_EQ(*AddSourceLabels{.labels = labels}.labels, labels);
  EXPECT_EQ(*AddSourceLabels{.labels = {labels}}.labels, labels);
  EXPECT_TRUE(AddSourceLabels{.labels = std::vector<Label>{}}.labels->empty());
}

TEST(Required, AcceptsBracedIdsAndNumbers) {
  const Required<std::vector<SourceId>> ids = {SourceId("a"), SourceId("b")};
  EXPECT_EQ(*ids, (std::vector<SourceId>{SourceId("a"), SourceId("b")}));
  const Required<std::vector<std::int64_t>> days = {0, 6};
  EXPECT_EQ(*days, (std::vector<std::int64_t>{0, 6}));
  const Required<std::vector<std::int64_t>> one = {6};
  EXPECT_EQ(*one, std::vector<std::int64_t>{6});
}

TEST(Required, TreatsBracedStringsAsStringsAndNotAsIterators) {
  const std::vector<std::string> expected = {"a", "b"};
  const Required<std::vector<std::string>> texts = {"a", "b"};
  EXPECT_EQ(*texts, expected);
  const Required<std::vector<std::string>> braced = {{"a", "b"}};
  EXPECT_EQ(*braced, expected);
  const Required<std::vector<std::string>> one = {{"a"}};
  EXPECT_EQ(*one, std::vector<std::string>{"a"});
}

TEST(Required, CanBeAssignedABracedList) {
  Required<std::vector<std::string>> texts = {"a", "b"};
  texts = {"c"};
  EXPECT_EQ(*texts, std::vector<std::string>{"c"});
}

// Whether a member of this type may be left out, which the language treats as `{}`.
template <class T>
concept MayBeLeftOut = requires {
  T{};
};
template <class T>
struct Holder {
  T member;
};

static_assert(MayBeLeftOut<Holder<std::string>>);
static_assert(!MayBeLeftOut<Required<std::vector<Label>>>);
static_assert(!MayBeLeftOut<Holder<Required<std::vector<Label>>>>);
static_assert(!MayBeLeftOut<Holder<Required<std::vector<std::string>>>>);
static_assert(!MayBeLeftOut<Holder<Required<std::vector<Json>>>>);
static_assert(!MayBeLeftOut<Holder<Required<std::string>>>);
static_assert(!std::is_default_constructible_v<AddSourceLabels>);

}  // namespace
}  // namespace segment
