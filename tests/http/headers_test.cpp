#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "segment/http/header.hpp"

namespace segment::http {
namespace {

TEST(Headers, OfATemporaryGiveACopyOfAValue) {
  const auto headers = [] { return http::Headers{{"X-Request-Id", "an id that is not short"}}; };
  const auto id = headers().find("x-request-id");
  EXPECT_EQ(id, "an id that is not short");
  EXPECT_FALSE(headers().find("other").has_value());
}

TEST(Headers, AreFoundRegardlessOfCase) {
  const Headers headers{{"Content-Type", "text/html"}};
  ASSERT_TRUE(headers.find("content-TYPE"));
  EXPECT_EQ(*headers.find("content-TYPE"), "text/html");
  EXPECT_FALSE(headers.find("Content"));
  EXPECT_FALSE(headers.find("Content-Type2"));
}

TEST(Headers, FindReturnsTheFirstOfAName) {
  Headers headers;
  headers.add("A", "1");
  headers.add("a", "2");
  EXPECT_EQ(headers.size(), 2U);
  EXPECT_EQ(*headers.find("a"), "1");
}

TEST(Headers, SetAddsANewName) {
  Headers headers;
  EXPECT_TRUE(headers.empty());
  headers.set("A", "1");
  EXPECT_EQ(headers, (Headers{{"A", "1"}}));
}

TEST(Headers, SetReplacesEveryFieldOfTheName) {
  Headers headers{{"X", "0"}, {"accept", "1"}, {"Y", "2"}, {"ACCEPT", "3"}, {"Accept", "4"}};
  headers.set("Accept", "new");
  EXPECT_EQ(headers, (Headers{{"X", "0"}, {"Accept", "new"}, {"Y", "2"}}));
}

TEST(Headers, AreIteratedInTheOrderInWhichTheyWereAdded) {
  Headers headers;
  headers.add("B", "");
  headers.add("A", "1");
  headers.add("B", "2");
  std::string seen;
  for (const auto& [name, value] : headers) seen.append(name).append("=").append(value).append(";");
  EXPECT_EQ(seen, "B=;A=1;B=2;");
  EXPECT_EQ(std::ranges::count_if(headers, [](HeaderView field) { return field.name == "B"; }), 2);
}

TEST(Headers, AreKeptWhenManyAreAdded) {
  Headers headers;
  for (std::size_t i = 0; i < 200; ++i) {
    headers.add("X-" + std::to_string(i), std::string(i, 'v'));
  }
  ASSERT_EQ(headers.size(), 200U);
  EXPECT_EQ(*headers.find("x-0"), "");
  EXPECT_EQ(*headers.find("x-199"), std::string(199, 'v'));
}

TEST(Headers, MayBeSetFromTheirOwnContent) {
  Headers headers{{"First", std::string(100, 'f')}};
  for (int i = 0; i < 20; ++i) headers.add(*headers.find("First"), *headers.find("First"));
  headers.set("First", *headers.find(std::string(100, 'f')));
  for (const HeaderView field : headers) EXPECT_EQ(field.value, std::string(100, 'f'));
}

TEST(Headers, AreValues) {
  const Headers headers{{"A", "1"}, {"Authorization", "Bearer of-some-length"}};
  Headers other{{"B", "2"}};
  other = headers;
  EXPECT_EQ(other, headers);
  other.set("A", "3");
  EXPECT_EQ(*headers.find("A"), "1");
  Headers moved = std::move(other);
  EXPECT_EQ(moved, (Headers{{"A", "3"}, {"Authorization", "Bearer of-some-length"}}));
  moved = Headers(headers);
  EXPECT_EQ(moved, headers);
  const Headers& itself = moved;
  moved = itself;
  EXPECT_EQ(moved, headers);
  moved.clear();
  EXPECT_TRUE(moved.empty());
  EXPECT_EQ(moved, Headers());
  moved.add("A", "1");
  EXPECT_EQ(moved, (Headers{{"A", "1"}}));
}

TEST(Headers, NamesAreComparedWithoutAsciiCaseOnly) {
  EXPECT_TRUE(same_name("", ""));
  EXPECT_TRUE(same_name("ETag", "etag"));
  EXPECT_FALSE(same_name("ETag", "ETags"));
  EXPECT_FALSE(same_name("[", "{"));        // They differ by the same bit as upper and lower case.
  EXPECT_FALSE(same_name("\xC4", "\xE4"));  // Latin-1 letters are not ASCII.
}

}  // namespace
}  // namespace segment::http
