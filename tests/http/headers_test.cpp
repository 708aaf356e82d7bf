#include <gtest/gtest.h>

#include "segment/http/header.hpp"

namespace segment::http {
namespace {

TEST(Headers, AreFoundWithoutRegardToCase) {
  const Headers headers{{"Content-Type", "text/html"}};
  ASSERT_NE(headers.find("content-TYPE"), nullptr);
  EXPECT_EQ(*headers.find("content-TYPE"), "text/html");
  EXPECT_EQ(headers.find("Content"), nullptr);
  EXPECT_EQ(headers.find("Content-Type2"), nullptr);
}

TEST(Headers, FindGivesTheFirstOfAName) {
  Headers headers;
  headers.add("A", "1");
  headers.add("a", "2");
  EXPECT_EQ(headers.size(), 2U);
  EXPECT_EQ(*headers.find("a"), "1");
}

TEST(Headers, SetAddsWhereTheNameIsNew) {
  Headers headers;
  EXPECT_TRUE(headers.empty());
  headers.set("A", "1");
  EXPECT_EQ(headers, (Headers{{"A", "1"}}));
}

TEST(Headers, SetTakesThePlaceOfEveryFieldOfTheName) {
  Headers headers{{"X", "0"}, {"accept", "1"}, {"Y", "2"}, {"ACCEPT", "3"}, {"Accept", "4"}};
  headers.set("Accept", "new");
  EXPECT_EQ(headers, (Headers{{"X", "0"}, {"Accept", "new"}, {"Y", "2"}}));
}

TEST(Headers, NamesAreTheSameOnlyByAsciiCase) {
  EXPECT_TRUE(same_name("", ""));
  EXPECT_TRUE(same_name("ETag", "etag"));
  EXPECT_FALSE(same_name("ETag", "ETags"));
  EXPECT_FALSE(same_name("[", "{"));        // They differ by the bit that letters differ by.
  EXPECT_FALSE(same_name("\xC4", "\xE4"));  // Latin-1 letters are not ASCII.
}

}  // namespace
}  // namespace segment::http
