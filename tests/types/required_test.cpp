#include "segment/required.hpp"

#include <gtest/gtest.h>

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

TEST(Required, IsAFlagWhereItHoldsOne) {
  const Required<bool> enabled = true;
  EXPECT_TRUE(enabled);
  EXPECT_TRUE(enabled.value());
  EXPECT_EQ(enabled, true);
  if (!enabled) FAIL();
}

TEST(Required, TakesAFlagFromNothingButAFlag) {
  static_assert(std::is_constructible_v<Required<bool>, bool>);
  static_assert(!std::is_convertible_v<const char*, Required<bool>>);
  static_assert(!std::is_constructible_v<Required<bool>, const char*>);
  static_assert(!std::is_constructible_v<Required<bool>, int>);
  static_assert(!std::is_constructible_v<Required<bool>, std::string*>);
}

TEST(Required, TakesAnIdFromNothingButThatId) {
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

TEST(Required, GivesItsValueAwayWhenItGoes) {
  Required<std::string> text = std::string(100, 'x');
  const char* memory = text->data();
  const std::string taken = std::move(text).value();
  EXPECT_EQ(taken.data(), memory);
}

TEST(Required, TakesAListInBraces) {
  const AddSourceLabels body{.labels = {{{.key = "a", .value = "b"}, {.key = "c", .value = "d"}}}};
  ASSERT_EQ(body.labels->size(), 2U);
  EXPECT_EQ((*body.labels)[1].key, "c");
}

TEST(Required, TakesTextsInBracesForTextsAndNotForIterators) {
  const Required<std::vector<std::string>> texts = {{"a", "b"}};
  EXPECT_EQ(*texts, (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace segment
