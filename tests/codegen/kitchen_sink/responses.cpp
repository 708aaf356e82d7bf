// The whole: a call for each shape that a response can have.
#include <gtest/gtest.h>

#include <string>

#include "library.hpp"
#include "segment/error.hpp"

namespace segment {
namespace {

TEST(KitchenSinkResponses, WithOneObjectReturnThatObject) {
  Library library;
  EXPECT_EQ(library.respond(R"({"book":{"title":"The Waves"}})").books().get(the_book).title,
            "The Waves");
  EXPECT_EQ(library.request(), "GET /books/b");
}

TEST(KitchenSinkResponses, WithOnlyAStatusAreChecked) {
  Library library;
  EXPECT_NO_THROW(library.respond(R"({"status":"SUCCESS"})").books().stamp(the_book));
  EXPECT_THROW(library.respond(R"({"status":"FAILED"})").books().stamp(the_book), ApiError);
}

TEST(KitchenSinkResponses, WithAListWithoutPagesReturnThatList) {
  Library library;
  EXPECT_EQ(library.respond(R"({"titles":["a","b"]})").books().list_titles().to_vector(),
            (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(library.respond(R"({"words":["rain"]})").weather().get(),
            std::vector<std::string>{"rain"});
}

TEST(KitchenSinkResponses, WithMembersNextToAnObjectExtendThatObject) {
  Library library;
  const NextEdition next =
      library
          .respond(
              R"({"editor":{"name":"L"},"edition":{"isbn":"978","pages":3},"announcedAt":null})")
          .books()
          .get_next_edition(the_book);
  EXPECT_EQ(next.isbn, "978");
  EXPECT_EQ(next.editor->name, "L");
  EXPECT_TRUE(next.announced_at.is_null());
  const Edition edition = next;
  EXPECT_EQ(edition.pages, 3);
  EXPECT_EQ(edition, next);
}

TEST(KitchenSinkResponses, WhoseObjectIsNullOrMissingAreNotFound) {
  for (const auto* data : {"{}", R"({"reviewer":null})", R"({"other":{"name":"R"}})"}) {
    Library library;
    try {
      library.respond(data).books().get_reviewer(the_book);
      FAIL() << "it was found in " << data;
    } catch (const NotFoundError& error) {
      EXPECT_EQ(error.status(), 200);
      EXPECT_FALSE(error.retryable());
      EXPECT_EQ(std::string(error.what()),
                "getReviewer (GET /books/{bookId}/reviewer) found nothing: the response has no "
                "reviewer");
    }
  }
  Library library;
  EXPECT_EQ(library.respond(R"({"reviewer":{"name":"R"}})").books().get_reviewer(the_book).name,
            "R");
}

TEST(KitchenSinkResponses, WithAUnionReturnTheMatchingAlternative) {
  Library library;
  EXPECT_EQ(std::get<LentPlace>(
                library.respond(R"({"place":{"reader":{"name":"A"}}})").books().get_place(the_book))
                .reader->name,
            "A");
  EXPECT_TRUE(std::holds_alternative<Json>(library.respond("{}").books().get_place(the_book)));
}

TEST(KitchenSinkResponses, WithFreeFormMembersReturnJson) {
  Library library;
  EXPECT_EQ(library.respond(R"({"notes":{"a":[1]}})").books().get_notes(the_book).dump(),
            R"({"a":[1]})");
  EXPECT_THROW(library.respond(R"({"notes":[1]})").books().get_notes(the_book), DecodeError);
  EXPECT_EQ(library.respond("{}").books().get_notes(the_book).dump(), "{}");
  EXPECT_EQ(library.respond(R"({"colophon":[1]})").books().get_colophon(the_book).dump(), "[1]");
  EXPECT_EQ(library.respond(R"({"colophon":"x"})").books().get_colophon(the_book).dump(), "\"x\"");
}

TEST(KitchenSinkResponses, WithSeveralMembersReturnAStruct) {
  Library library;
  const CopyCount count =
      library
          .respond(
              R"({"total":3,"byBranch":{"x":1,"y":2},"cards":[{"key":"k","holder":{"name":"A"},)"
              R"("since":"2026-08-01"}]})")
          .books()
          .count_copies(the_book, {.branch_id = BranchId("x"), .by = BookState::on_loan});
  EXPECT_EQ(library.request(), "GET /books/b/copies?branchId=x&by=onLoan");
  EXPECT_EQ(count.total, 3);
  EXPECT_EQ(count.by_branch.at("y"), 2);
  EXPECT_EQ(count.cards->at(0).key.reveal(), "k");
  EXPECT_EQ(library.respond(R"({"total":4})").loans().count().total, 4);
}

TEST(KitchenSinkResponses, WithTwoListsHaveACursorForEach) {
  Library library;
  const LoansAndReturns both =
      library
          .respond(
              R"({"loans":[{"copyId":"1"}],"returned":[],"cursors":{"loans":"x","returns":null}})")
          .loans()
          .list_loans_and_returns({.loans_cursor = "w"});
  EXPECT_EQ(library.request(), "GET /loans-and-returns?loansCursor=w");
  EXPECT_EQ(both.loans.at(0).copy_id, CopyId("1"));
  EXPECT_EQ(*both.cursors.loans, "x");
  EXPECT_TRUE(both.cursors.returns.is_null());
}

TEST(KitchenSinkResponses, NameAWrongMemberByItsFullPointer) {
  Library library;
  try {
    library.respond(R"({"book":{"editions":[{},{"pages":"many"}]}})").books().get(the_book);
    FAIL() << "it was read";
  } catch (const DecodeError& error) {
    EXPECT_EQ(error.pointer(), "/data/book/editions/1/pages");
    EXPECT_EQ(error.operation(), "getBook");
  }
}

TEST(KitchenSinkResponses, ShowNeitherPathNorKeyInTheirErrors) {
  Library library;
  library.transport().add(404, R"({"errors":[{"type":"not-found"}]})");
  try {
    library.books().revoke_card(WriteKey("hush-hush"));
    FAIL() << "it succeeded";
  } catch (const NotFoundError& error) {
    const std::string message = error.what();
    EXPECT_EQ(message.find("hush-hush"), std::string::npos) << message;
    EXPECT_EQ(error.operation(), "revokeCard");
  }
}

}  // namespace
}  // namespace segment
