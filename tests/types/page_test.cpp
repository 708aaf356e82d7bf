#include "segment/page.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "segment/api/types/space_filters.hpp"
#include "segment/convert.hpp"

namespace segment {
namespace {

// A page with this pagination.
Page<std::string> page(std::string_view pagination) {
  return {.items = {}, .pagination = from_json<Pagination>(Json::parse(pagination))};
}

TEST(Page, IsTheLastIfTheNextCursorIsAbsentNullOrEmpty) {
  EXPECT_EQ(page(R"({"current":"MA=="})").next_cursor(), std::nullopt);
  EXPECT_EQ(page(R"({"current":"MA==","next":null})").next_cursor(), std::nullopt);
  EXPECT_EQ(page(R"({"current":"MA==","next":""})").next_cursor(), std::nullopt);
}

TEST(Page, KnowsTheNextCursor) {
  EXPECT_EQ(page(R"({"current":"MA==","next":"Mw=="})").next_cursor(), "Mw==");
}

TEST(Page, IsTheLastIfTheResponseHadNoPagination) {
  EXPECT_EQ(Page<std::string>{}.next_cursor(), std::nullopt);
  EXPECT_EQ(Page<std::string>{}.total_entries(), std::nullopt);
}

TEST(Page, KnowsTheTotalIfTheApiReportedIt) {
  EXPECT_EQ(page(R"({"totalEntries":1e3})").total_entries(), 1000);
  EXPECT_EQ(page("{}").total_entries(), std::nullopt);
}

TEST(Page, KeepsTheThreeStatesOfThePreviousCursor) {
  EXPECT_TRUE(page("{}").pagination->previous.is_absent());
  EXPECT_TRUE(page(R"({"previous":null})").pagination->previous.is_null());
  EXPECT_EQ(page(R"({"previous":"x"})").pagination->previous, Nullable<std::string>("x"));
}

TEST(Page, WithNumericCursorsHasANumberAsItsNextCursor) {
  SpaceFilterPage page;
  EXPECT_EQ(page.next_cursor(), std::nullopt);
  page.pagination = NumericPagination{.next = 20};
  EXPECT_EQ(page.next_cursor(), 20);
}

}  // namespace
}  // namespace segment
