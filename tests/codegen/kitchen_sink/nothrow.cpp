// The same calls through the front whose errors are values: one for each shape of a response, and
// the lists.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "library.hpp"
#include "segment/error.hpp"

namespace segment {
namespace {

using Lines = std::vector<std::string>;

TEST(KitchenSinkNothrow, ResponsesWithOneObjectReturnThatObject) {
  Library library;
  library.respond(R"({"book":{"title":"The Waves"}})");
  EXPECT_EQ(library.nothrow().books().get(the_book)->title, "The Waves");
  EXPECT_EQ(library.request(), "GET /books/b");
}

TEST(KitchenSinkNothrow, ResponsesWithOnlyAStatusAreChecked) {
  Library library;
  EXPECT_TRUE(library.respond(R"({"status":"SUCCESS"})").nothrow().books().stamp(the_book));
  const auto result = library.respond(R"({"status":"FAILED"})").nothrow().books().stamp(the_book);
  EXPECT_NE(result.error_as<ApiError>(), nullptr);
}

TEST(KitchenSinkNothrow, ResponsesHaveEveryShapeThatTheBlockingOnesHave) {
  Library library;
  EXPECT_EQ(*library.respond(R"({"titles":["a","b"]})").nothrow().books().list_titles().to_vector(),
            (Lines{"a", "b"}));
  EXPECT_EQ(library.respond(R"({"edition":{"isbn":"978"}})")
                .nothrow()
                .books()
                .get_next_edition(the_book)
                ->isbn,
            "978");
  EXPECT_NE(library.respond(R"({"reviewer":null})")
                .nothrow()
                .books()
                .get_reviewer(the_book)
                .error_as<NotFoundError>(),
            nullptr);
  EXPECT_EQ(library.respond("{}").nothrow().books().get_notes(the_book)->dump(), "{}");
}

TEST(KitchenSinkNothrow, AnInvalidArgumentIsTheErrorOfTheResult) {
  Library library;
  const Result<Book> result = library.nothrow().books().get(BookId(""));
  EXPECT_NE(result.error_as<InvalidArgumentError>(), nullptr);
  EXPECT_TRUE(library.targets().empty());
}

TEST(KitchenSinkNothrow, AnErrorIsTheSameAsThatOfTheBlockingCall) {
  Library library;
  library.transport().add(404, R"({"errors":[{"type":"not-found"}]})");
  EXPECT_NE(library.nothrow().books().get(the_book).error_as<NotFoundError>(), nullptr);
}

TEST(KitchenSinkNothrow, ListsIterateOverAllTheirPages) {
  Library library;
  library.respond(R"({"books":[{"title":"a"},{"title":"b"}],"pagination":{"next":"x"}})")
      .respond(R"({"books":[{"title":"c"}],"pagination":{"next":null,"totalEntries":3}})");
  Lines titles;
  for (const Result<Book>& book : library.nothrow().books().list()) titles.push_back(book->title);
  EXPECT_EQ(titles, (Lines{"a", "b", "c"}));
}

TEST(KitchenSinkNothrow, TheErrorOfAPageIsTheLastElementOfItsList) {
  Library library;
  library.respond(R"({"books":[{"title":"a"}],"pagination":{"next":"x"}})");
  library.transport().add(403, R"({"errors":[{"type":"forbidden"}]})");
  Lines lines;
  for (const Result<Book>& book : library.nothrow().books().list()) {
    lines.push_back(book ? book->title : book.error_as<PermissionDeniedError>()->operation());
  }
  EXPECT_EQ(lines, (Lines{"a", "listBooks"}));
}

TEST(KitchenSinkNothrow, AListWithAnInvalidArgumentHasItsErrorAsItsOnlyElement) {
  Library library;
  auto pages = library.nothrow().loans().list({}, {.headers = {{"Host", "x"}}}).pages();
  int errors = 0;
  for (const Result<LoanPage>& page : pages) {
    errors += page.error_as<InvalidArgumentError>() != nullptr ? 1 : 0;
  }
  EXPECT_EQ(errors, 1);
  EXPECT_TRUE(library.targets().empty());
}

TEST(KitchenSinkNothrow, ListsReturnPagesWithTheirOtherMembers) {
  Library library;
  library
      .respond(R"({"loans":[{"copyId":"1"}],"librarian":{"name":"Ann"},"pagination":{"next":"x"}})")
      .respond(R"({"loans":[{"copyId":"2"}],"librarian":{"name":"Bob"},"pagination":{}})");
  Lines lines;
  for (const Result<LoanPage>& page : library.nothrow().loans().list().pages()) {
    lines.push_back(*page->librarian->name + " " + page->items.at(0).copy_id.text());
  }
  EXPECT_EQ(lines, (Lines{"Ann 1", "Bob 2"}));
}

}  // namespace
}  // namespace segment
