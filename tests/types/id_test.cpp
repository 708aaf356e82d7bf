#include "segment/types/id.hpp"

#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <type_traits>
#include <unordered_set>
#include <utility>

#include "segment/api/ids.hpp"

namespace segment {
namespace {

static_assert(!std::is_convertible_v<SourceMetadataId, SourceId>);
static_assert(!std::is_constructible_v<SourceId, SourceMetadataId>);
static_assert(!std::is_constructible_v<DestinationId, DestinationMetadataId>);
static_assert(!std::is_convertible_v<const char*, SourceId>);
static_assert(!std::is_constructible_v<SourceId, std::nullptr_t>);
static_assert(!std::is_convertible_v<std::string, SourceId>);
static_assert(!std::is_convertible_v<SourceId, std::string>);

template <class A, class B>
concept comparable = requires(const A& a, const B& b) {
  a == b;
};
static_assert(comparable<SourceId, SourceId>);
static_assert(!comparable<SourceId, SourceMetadataId>);
static_assert(!comparable<SourceId, WarehouseId>);

TEST(Id, KeepsItsText) {
  EXPECT_EQ(SourceId("a/b \xc3\xa9").text(), "a/b \xc3\xa9");
  EXPECT_TRUE(SourceId().empty());
  EXPECT_FALSE(SourceId("x").empty());
}

TEST(Id, IsComparedByItsText) {
  EXPECT_EQ(SourceId("a"), SourceId("a"));
  EXPECT_NE(SourceId("a"), SourceId("A"));
  EXPECT_LT(SourceId("a"), SourceId("b"));
  const std::map<SourceId, int> ordered{{SourceId("b"), 2}, {SourceId("a"), 1}};
  EXPECT_EQ(ordered.begin()->second, 1);
}

TEST(Id, CanBeAHashTableKey) {
  const std::unordered_set<SourceId> ids{SourceId("a"), SourceId("b"), SourceId("a")};
  EXPECT_EQ(ids.size(), 2U);
  EXPECT_TRUE(ids.contains(SourceId("b")));
}

TEST(Id, IsPrintedAsItsText) {
  std::ostringstream out;
  out << SourceId("s1") << ' ' << WarehouseId("w1");
  EXPECT_EQ(out.str(), "s1 w1");
}

TEST(Id, MovesItsTextOutOfAnRvalue) {
  SourceId id(std::string(100, 'x'));
  const char* memory = id.text().data();
  const std::string text = std::move(id).text();
  EXPECT_EQ(text.data(), memory);
}

}  // namespace
}  // namespace segment
