#include "segment/types/open_enum.hpp"

#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <type_traits>

#include "segment/api/types/catalog.hpp"
#include "segment/api/types/sources.hpp"

namespace segment {
namespace {

std::string in_words(CommonEventOnViolations value) {
  switch (value.value()) {
    case CommonEventOnViolations::allow:
      return "allow";
    case CommonEventOnViolations::block:
      return "block";
    case CommonEventOnViolations::omit_properties:
    case CommonEventOnViolations::omit_traits:
      return "omit";
    case CommonEventOnViolations::unknown:
      return "unknown: " + std::string(value.text());
  }
  return "never";
}

TEST(OpenEnum, CanBeUsedInASwitch) {
  EXPECT_EQ(in_words(CommonEventOnViolations::block), "block");
  EXPECT_EQ(in_words(CommonEventOnViolations("OMIT_TRAITS")), "omit");
  EXPECT_EQ(in_words(CommonEventOnViolations("Block")), "block");
  EXPECT_EQ(in_words(CommonEventOnViolations("Blocks")), "unknown: Blocks");
  EXPECT_EQ(in_words({}), "unknown: ");
}

TEST(OpenEnum, HasTheApisTextForEachOfItsValues) {
  EXPECT_EQ(CommonEventOnViolations(CommonEventOnViolations::allow).text(), "ALLOW");
  EXPECT_EQ(CloudModeInstances(CloudModeInstances::zero).text(), "0");
  EXPECT_EQ(CatalogStatus(CatalogStatus::generally_available).text(), "PUBLIC");
}

TEST(OpenEnum, RecognizesItsValuesByTheirText) {
  for (std::string_view name : CatalogStatus::names) {
    EXPECT_TRUE(CatalogStatus(name).is_known()) << name;
    EXPECT_EQ(CatalogStatus(name).text(), name);
  }
  EXPECT_EQ(CatalogStatus("PUBLIC").value(), CatalogStatus::generally_available);
}

TEST(OpenEnum, KeepsAnUnknownValue) {
  const CommonEventOnViolations value("PHONE");
  EXPECT_FALSE(value.is_known());
  EXPECT_FALSE(value.empty());
  EXPECT_EQ(value.text(), "PHONE");
  CommonEventOnViolations copy = value;
  EXPECT_EQ(copy, value);
  copy = CommonEventOnViolations::allow;
  EXPECT_EQ(copy.text(), "ALLOW");
  copy = value;
  EXPECT_EQ(copy.text(), "PHONE");
}

TEST(OpenEnum, IsEmptyByDefault) {
  const CommonEventOnViolations nothing;
  EXPECT_TRUE(nothing.empty());
  EXPECT_FALSE(nothing.is_known());
  EXPECT_EQ(nothing.text(), "");
  EXPECT_EQ(nothing, CommonEventOnViolations(""));
}

TEST(OpenEnum, IsComparedByItsText) {
  EXPECT_EQ(CommonEventOnViolations("BLOCK"), CommonEventOnViolations::block);
  EXPECT_EQ(CommonEventOnViolations("Ask"), CommonEventOnViolations("Ask"));
  EXPECT_NE(CommonEventOnViolations("Ask"), CommonEventOnViolations("ASK"));
  EXPECT_NE(CommonEventOnViolations("Ask"), CommonEventOnViolations::block);
  const std::map<CommonEventOnViolations, int> ordered{{CommonEventOnViolations("A"), 1},
                                                       {CommonEventOnViolations::allow, 2}};
  EXPECT_EQ(ordered.size(), 2U);
  EXPECT_EQ(ordered.begin()->second, 1);
}

TEST(AKnownValueInAnotherCase, IsRecognizedAndKeepsItsText) {
  for (const char* text : {"Block", "block", "bLOCK"}) {
    const CommonEventOnViolations value(text);
    EXPECT_TRUE(value.is_known()) << text;
    EXPECT_EQ(value, CommonEventOnViolations::block);
    EXPECT_EQ(value.value(), CommonEventOnViolations::block);
    EXPECT_EQ(value.text(), text) << "it is sent back as it came";
    EXPECT_FALSE(value < CommonEventOnViolations("BLOCK"));
    EXPECT_FALSE(CommonEventOnViolations("BLOCK") < value);
  }
  EXPECT_NE(CommonEventOnViolations("Block"), CommonEventOnViolations("Allow"));
  CommonEventOnViolations assigned("Block");
  assigned = CommonEventOnViolations::block;
  EXPECT_EQ(assigned.text(), "BLOCK");
}

TEST(OpenEnum, IsPrintedAsItsText) {
  std::ostringstream out;
  out << CommonEventOnViolations(CommonEventOnViolations::omit_traits) << ' '
      << CommonEventOnViolations("New");
  EXPECT_EQ(out.str(), "OMIT_TRAITS New");
}

TEST(OpenEnum, IsNotImplicitlyMadeFromText) {
  static_assert(!std::is_convertible_v<const char*, CommonEventOnViolations>);
  static_assert(!std::is_constructible_v<CommonEventOnViolations, std::nullptr_t>);
  static_assert(std::is_convertible_v<CommonEventOnViolations::Value, CommonEventOnViolations>);
}

TEST(OpenEnum, MadeFromUnknownIsEmpty) {
  const CommonEventOnViolations value = CommonEventOnViolations::unknown;
  EXPECT_FALSE(value.is_known());
  EXPECT_EQ(value.text(), "");
}

}  // namespace
}  // namespace segment
