// The same calls without waiting: one for each shape of a response, and the lists.
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <vector>

#include "library.hpp"
#include "segment/error.hpp"

namespace segment {
namespace {

using Lines = std::vector<std::string>;

TEST(KitchenSinkAsync, ResponsesWithOneObjectReturnThatObject) {
  Library library;
  library.respond(R"({"book":{"title":"The Waves"}})");
  EXPECT_EQ(library.async().books().get(the_book).get().title, "The Waves");
  EXPECT_EQ(library.request(), "GET /books/b");
}

TEST(KitchenSinkAsync, ResponsesWithOnlyAStatusAreChecked) {
  Library library;
  EXPECT_NO_THROW(library.respond(R"({"status":"SUCCESS"})").async().books().stamp(the_book).get());
  EXPECT_THROW(library.respond(R"({"status":"FAILED"})").async().books().stamp(the_book).get(),
               ApiError);
}

TEST(KitchenSinkAsync, ResponsesHaveEveryShapeThatTheBlockingOnesHave) {
  Library library;
  EXPECT_EQ(
      library.respond(R"({"titles":["a","b"]})").async().books().list_titles().to_vector().get(),
      (Lines{"a", "b"}));
  EXPECT_EQ(library.respond(R"({"edition":{"isbn":"978"}})")
                .async()
                .books()
                .get_next_edition(the_book)
                .get()
                .isbn,
            "978");
  EXPECT_THROW(library.respond(R"({"reviewer":null})").async().books().get_reviewer(the_book).get(),
               NotFoundError);
  EXPECT_TRUE(std::holds_alternative<Json>(
      library.respond("{}").async().books().get_place(the_book).get()));
  EXPECT_EQ(library.respond("{}").async().books().get_notes(the_book).get().dump(), "{}");
  EXPECT_EQ(library.respond(R"({"colophon":[1]})").async().books().get_colophon(the_book).get(),
            Json::array({1}));
  EXPECT_EQ(library.respond(R"({"total":4})").async().loans().count().get().total, 4);
}

TEST(KitchenSinkAsync, CallsTakePathQueryAndBody) {
  Library library;
  library.respond(R"({"total":3})");
  (void)library.async()
      .books()
      .count_copies(the_book, {.branch_id = BranchId("x"), .by = BookState::on_loan})
      .get();
  EXPECT_EQ(library.request(), "GET /books/b/copies?branchId=x&by=onLoan");
  library.respond(R"({"status":"SUCCESS"})");
  library.async().books().replace(the_book, {.input = Person{.name = "Ed"}}).get();
  EXPECT_EQ(library.request() + " " + library.body(), R"(PUT /books/b {"input":{"name":"Ed"}})");
}

TEST(KitchenSinkAsync, ArgumentsNeedNotOutliveTheCall) {
  Library library;
  library.respond(R"({"status":"SUCCESS"})");
  Task<void> task = library.async().books().shred(BookId("b"), BookState::on_loan, "m");
  task.get();
  EXPECT_TRUE(library.request().ends_with("/onLoan/m")) << library.request();
}

TEST(KitchenSinkAsync, AnInvalidArgumentIsTheErrorOfTheTask) {
  Library library;
  Task<Book> task = library.async().books().get(BookId(""));
  EXPECT_THROW(task.get(), InvalidArgumentError);
  EXPECT_TRUE(library.targets().empty());
}

TEST(KitchenSinkAsync, AnErrorIsTheSameAsThatOfTheBlockingCall) {
  Library library;
  library.transport().add(404, R"({"errors":[{"type":"not-found"}]})");
  std::future<Book> book = library.async().books().get(the_book);
  EXPECT_THROW(book.get(), NotFoundError);
}

Task<Lines> titles_of(AsyncList<Page<Book>> books) {
  Lines titles;
  while (const Book* book = co_await books.next()) titles.push_back(book->title);
  co_return titles;
}

TEST(KitchenSinkAsync, ListsIterateOverAllTheirPages) {
  Library library;
  library.respond(R"({"books":[{"title":"a"},{"title":"b"}],"pagination":{"next":"x="}})")
      .respond(R"({"books":[],"pagination":{"next":"y"}})")
      .respond(R"({"books":[{"title":"c"}],"pagination":{"next":null,"totalEntries":3}})");
  EXPECT_EQ(titles_of(library.async().books().list({.count = 2})).get(), (Lines{"a", "b", "c"}));
  EXPECT_EQ(library.targets(),
            (Lines{"/books?pagination.count=2", "/books?pagination.count=2&pagination.cursor=x%3D",
                   "/books?pagination.count=2&pagination.cursor=y"}));
}

TEST(KitchenSinkAsync, ListsReturnSinglePages) {
  Library library;
  library.respond(R"({"books":[{"title":"a"}],"pagination":{"next":"x","totalEntries":9}})");
  const Page<Book> page = library.async().books().list_page({.count = 1}).get();
  EXPECT_EQ(page.items.at(0).title, "a");
  EXPECT_EQ(page.next_cursor(), "x");
  EXPECT_EQ(page.total_entries(), 9);
}

TEST(KitchenSinkAsync, ListsKeepTheOtherMembersOfAPage) {
  Library library;
  library
      .respond(R"({"loans":[{"copyId":"1"}],"librarian":{"name":"Ann"},"dueToday":4,)"
               R"("pagination":{"next":"x"}})")
      .respond(R"({"loans":[{"copyId":"2"}],"librarian":{"name":"Bob"},"pagination":{}})");
  auto pages = library.async().loans().list().pages();
  Lines lines;
  while (!pages.is_done()) {
    const LoanPage page = pages.next().get();
    lines.push_back(*page.librarian->name + " " + page.items.at(0).copy_id.text());
  }
  EXPECT_EQ(lines, (Lines{"Ann 1", "Bob 2"}));
}

}  // namespace
}  // namespace segment
