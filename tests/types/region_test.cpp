#include "segment/client_options.hpp"

#include <gtest/gtest.h>

namespace segment {
namespace {

TEST(Region, HasTheBaseUrlOfItsApi) {
  EXPECT_EQ(base_url(Region::us), "https://api.segmentapis.com");
  EXPECT_EQ(base_url(Region::eu), "https://eu1.api.segmentapis.com");
}

TEST(Region, HasAName) {
  EXPECT_EQ(to_string(Region::us), "us");
  EXPECT_EQ(to_string(Region::eu), "eu");
}

}  // namespace
}  // namespace segment
