#include "segment/types/nullable.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

#include "segment/api/ids.hpp"
#include "segment/types/json.hpp"

namespace segment {
namespace {

TEST(Nullable, IsAbsentByDefault) {
  const Nullable<std::string> name;
  EXPECT_TRUE(name.is_absent());
  EXPECT_FALSE(name.is_null());
  EXPECT_FALSE(name.has_value());
  EXPECT_FALSE(name);
}

TEST(Nullable, IsAbsentWhenItIsMadeFromEmptyBraces) {
  const Nullable<std::string> name{};
  EXPECT_TRUE(name.is_absent());
  const Nullable<Json> json{};
  EXPECT_TRUE(json.is_absent());
}

TEST(Nullable, HoldsANull) {
  const Nullable<std::string> name = null;
  EXPECT_FALSE(name.is_absent());
  EXPECT_TRUE(name.is_null());
  EXPECT_FALSE(name.has_value());
  EXPECT_THROW(static_cast<void>(name.value()), std::bad_optional_access);
}

TEST(Nullable, AcceptsNullptrOnlyForJson) {
  static_assert(!std::is_convertible_v<std::nullptr_t, Nullable<std::string>>);
  static_assert(!std::is_constructible_v<Nullable<std::string>, std::nullptr_t>);
  const Nullable<Json> json = nullptr;
  EXPECT_TRUE(json.has_value());
}

TEST(Nullable, HoldsAValue) {
  const Nullable<std::string> name = "x";
  EXPECT_TRUE(name);
  EXPECT_FALSE(name.is_absent());
  EXPECT_FALSE(name.is_null());
  EXPECT_EQ(name.value(), "x");
  EXPECT_EQ(*name, "x");
  EXPECT_EQ(name->size(), 1U);
}

TEST(Nullable, HoldsAFalseThatIsNotAbsence) {
  const Nullable<bool> flag = false;
  EXPECT_TRUE(flag.has_value());
  EXPECT_FALSE(flag.value());
  static_assert(!std::is_convertible_v<const char*, Nullable<bool>>);
  static_assert(!std::is_convertible_v<int, Nullable<bool>>);
}

TEST(Nullable, DoesNotTakeANumberFromABoolOrAFraction) {
  static_assert(std::is_convertible_v<int, Nullable<std::int64_t>>);
  static_assert(std::is_convertible_v<std::int64_t&, Nullable<std::int64_t>>);
  static_assert(!std::is_convertible_v<bool, Nullable<std::int64_t>>);
  static_assert(!std::is_convertible_v<double, Nullable<std::int64_t>>);
  const Nullable<std::int64_t> count = 5;
  EXPECT_EQ(count.value(), 5);
}

TEST(Nullable, MovesBetweenItsThreeStates) {
  Nullable<std::string> name = "x";
  name = null;
  EXPECT_TRUE(name.is_null());
  name.emplace("y");
  EXPECT_FALSE(name.is_null());
  EXPECT_EQ(*name, "y");
  name.reset();
  EXPECT_TRUE(name.is_absent());
  name = null;
  name.reset();
  EXPECT_TRUE(name.is_absent());
  name = "z";
  EXPECT_EQ(*name, "z");
}

TEST(Nullable, TellsItsThreeStatesApartWhenCompared) {
  const Nullable<std::string> absent;
  const Nullable<std::string> cleared = null;
  const Nullable<std::string> empty = "";
  EXPECT_NE(absent, cleared);
  EXPECT_NE(cleared, empty);
  EXPECT_NE(absent, empty);
  EXPECT_EQ(cleared, Nullable<std::string>(null));
}

TEST(Nullable, FallsBackToAnotherValueIfItHasNone) {
  EXPECT_EQ(Nullable<std::string>(null).value_or("other"), "other");
  EXPECT_EQ(Nullable<std::string>().value_or("other"), "other");
  EXPECT_EQ(Nullable<std::string>("own").value_or("other"), "own");
}

TEST(Nullable, AcceptsOnlyIdsOfItsOwnType) {
  static_assert(std::is_convertible_v<SourceId, Nullable<SourceId>>);
  static_assert(!std::is_convertible_v<SourceMetadataId, Nullable<SourceId>>);
  static_assert(!std::is_convertible_v<const char*, Nullable<SourceId>>);
}

}  // namespace
}  // namespace segment
