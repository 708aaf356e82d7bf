// Lists: each way of paging is followed to its end.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "library.hpp"
#include "segment/error.hpp"

namespace segment {
namespace {

using Lines = std::vector<std::string>;

TEST(KitchenSinkLists, IterateOverAllTheirPages) {
  Library library;
  library.respond(R"({"books":[{"title":"a"},{"title":"b"}],"pagination":{"next":"x="}})")
      .respond(R"({"books":[],"pagination":{"next":"y"}})")
      .respond(R"({"books":[{"title":"c"}],"pagination":{"next":null,"totalEntries":3}})");
  Lines titles;
  for (const Book& book : library.books().list({.count = 2})) titles.push_back(book.title);
  EXPECT_EQ(titles, (Lines{"a", "b", "c"}));
  EXPECT_EQ(library.targets(),
            (Lines{"/books?pagination.count=2", "/books?pagination.count=2&pagination.cursor=x%3D",
                   "/books?pagination.count=2&pagination.cursor=y"}));
}

TEST(KitchenSinkLists, ReturnSinglePages) {
  Library library;
  const Page<Book> page =
      library.respond(R"({"books":[{"title":"a"}],"pagination":{"next":"x","totalEntries":9}})")
          .books()
          .list_page({.count = 1});
  EXPECT_EQ(page.items.at(0).title, "a");
  EXPECT_EQ(page.next_cursor(), "x");
  EXPECT_EQ(page.total_entries(), 9);
}

TEST(KitchenSinkLists, KeepTheOtherMembersOfAPage) {
  Library library;
  library
      .respond(R"({"loans":[{"copyId":"1"}],"librarian":{"name":"Ann"},"dueToday":4,)"
               R"("pagination":{"next":"x"}})")
      .respond(R"({"loans":[{"copyId":"2"}],"librarian":{"name":"Bob"},"pagination":{}})");
  Lines lines;
  for (const LoanPage& page : library.loans().list().pages()) {
    lines.push_back(*page.librarian->name + " " + page.items.at(0).copy_id.text() + " " +
                    std::to_string(page.due_today.value_or(0)));
  }
  EXPECT_EQ(lines, (Lines{"Ann 1 4", "Bob 2 0"}));
}

TEST(KitchenSinkLists, FollowNumericCursors) {
  Library library;
  library.respond(R"({"shelves":["a"],"pagination":{"current":0,"next":10}})")
      .respond(R"({"shelves":["b"],"pagination":{"current":10}})");
  Lines shelves;
  for (const std::string& shelf : library.loans().list_shelves({.cursor = 0})) {
    shelves.push_back(shelf);
  }
  EXPECT_EQ(shelves, (Lines{"a", "b"}));
  EXPECT_EQ(library.targets(), (Lines{"/shelves?pagination.cursor=0&pagination.count=10",
                                      "/shelves?pagination.cursor=10&pagination.count=10"}));
}

TEST(KitchenSinkLists, GoForwardOnly) {
  Library library;
  library.respond(R"({"places":[{"shelf":"a","row":1}],"pagination":{"current":"0","next":"1"}})")
      .respond(R"({"places":["gone"],"pagination":{"current":"1","next":null}})");
  std::vector<std::size_t> kinds;
  for (const Place& place : library.loans().list_movements()) kinds.push_back(place.index());
  EXPECT_EQ(kinds, (std::vector<std::size_t>{0, 3}));
}

TEST(KitchenSinkLists, UsePlainParametersIfTheApiDoes) {
  Library library;
  library.respond(R"({"loans":[{"copyId":"1"}],"pagination":{"next":"x"}})")
      .respond(R"({"loans":[{"copyId":"2"}]})");
  Lines copies;
  for (const Loan& loan :
       library.loans().search({.reader_name = "A", .filters = std::vector<Filter>{}})) {
    copies.push_back(loan.copy_id.text());
  }
  EXPECT_EQ(copies, (Lines{"1", "2"}));
  EXPECT_EQ(library.targets(), (Lines{"/loans/search?reader.name=A&count=25",
                                      "/loans/search?reader.name=A&count=25&cursor=x"}));
}

TEST(KitchenSinkLists, FailIfACursorComesBack) {
  Library library;
  for (int page = 0; page < 3; ++page) {
    library.respond(R"({"places":[],"pagination":{"next":"same"}})");
  }
  const auto walk = [&] {
    for (const Place& place : library.loans().list_movements()) static_cast<void>(place);
  };
  EXPECT_THROW(walk(), DecodeError);
}

}  // namespace
}  // namespace segment
