// What was probably meant by a mistyped name.

#include "segment/helpers/text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace segment::test {
namespace {

std::string nearest(std::string_view typed) {
  static constexpr std::string_view names[] = {"slug", "enabled", "metadataId", "settings",
                                               "tracking-plans"};
  return std::string(nearest_name(typed, names));
}

TEST(ANearestName, MayDifferInAFewLetters) {
  EXPECT_EQ(nearest("enabeld"), "enabled");
  EXPECT_EQ(nearest("slgu"), "slug");
  EXPECT_EQ(nearest("seting"), "settings");
}

TEST(ANearestName, MayDifferInCaseAndSeparators) {
  EXPECT_EQ(nearest("metadata_id"), "metadataId");
  EXPECT_EQ(nearest("METADATAID"), "metadataId");
  EXPECT_EQ(nearest("trackingPlans"), "tracking-plans");
}

TEST(ANearestName, IsNotFoundIfTooMuchDiffers) {
  EXPECT_EQ(nearest("workspace"), "");
  EXPECT_EQ(nearest("id"), "");
  EXPECT_EQ(nearest(""), "");
  EXPECT_EQ(nearest(std::string(100'000, 's')), "");
  EXPECT_EQ(nearest_name("slug", {}), "");
}

TEST(ANearestName, IsSuggestedInAMessageIfThereIsOne) {
  EXPECT_EQ(did_you_mean(nearest("slgu")), " (did you mean slug?)");
  EXPECT_EQ(did_you_mean(nearest("workspace")), "");
}

}  // namespace
}  // namespace segment::test
