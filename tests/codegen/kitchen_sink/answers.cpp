// The whole: a call for each shape that an answer can have.
#include <gtest/gtest.h>

#include <string>

#include "library.hpp"
#include "segment/error.hpp"

namespace segment {
namespace {

const BookId book_id{"b"};

TEST(KitchenSinkAnswers, OfOneThingAreThatThing) {
  Library library;
  EXPECT_EQ(library.answer(R"({"book":{"title":"The Waves"}})").books().get(book_id).title,
            "The Waves");
  EXPECT_EQ(library.request(), "GET /books/b");
}

TEST(KitchenSinkAnswers, OfNothingAreChecked) {
  Library library;
  EXPECT_NO_THROW(library.answer(R"({"status":"SUCCESS"})").books().stamp(book_id));
  EXPECT_THROW(library.answer(R"({"status":"FAILED"})").books().stamp(book_id), ApiError);
}

TEST(KitchenSinkAnswers, OfAListWithoutPagesAreThatList) {
  Library library;
  EXPECT_EQ(library.answer(R"({"titles":["a","b"]})").books().list_titles(),
            (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(library.answer(R"({"words":["rain"]})").weather().get(),
            std::vector<std::string>{"rain"});
}

TEST(KitchenSinkAnswers, OfAThingThatMayBeMissingAreOptional) {
  Library library;
  EXPECT_FALSE(library.answer("{}").books().get_next_edition(book_id).has_value());
  EXPECT_FALSE(library.answer(R"({"edition":null})").books().get_next_edition(book_id).has_value());
  EXPECT_EQ(library.answer(R"({"edition":{"pages":3}})").books().get_next_edition(book_id)->pages,
            3);
}

TEST(KitchenSinkAnswers, OfAThingThatMayBeNullHaveThreeStates) {
  Library library;
  EXPECT_TRUE(library.answer("{}").books().get_reviewer(book_id).is_absent());
  EXPECT_TRUE(library.answer(R"({"reviewer":null})").books().get_reviewer(book_id).is_null());
  EXPECT_EQ(library.answer(R"({"reviewer":{"name":"R"}})").books().get_reviewer(book_id)->name,
            "R");
}

TEST(KitchenSinkAnswers, OfAUnionAreTheAlternative) {
  Library library;
  EXPECT_EQ(std::get<LentPlace>(
                library.answer(R"({"place":{"reader":{"name":"A"}}})").books().get_place(book_id))
                .reader->name,
            "A");
  EXPECT_TRUE(std::holds_alternative<Json>(library.answer("{}").books().get_place(book_id)));
}

TEST(KitchenSinkAnswers, OfFreeFormAreJson) {
  Library library;
  EXPECT_EQ(library.answer(R"({"notes":{"a":[1]}})").books().get_notes(book_id).dump(),
            R"({"a":[1]})");
  EXPECT_THROW(library.answer(R"({"notes":[1]})").books().get_notes(book_id), DecodeError);
  EXPECT_EQ(library.answer("{}").books().get_notes(book_id).dump(), "{}");
  EXPECT_EQ(library.answer(R"({"colophon":[1]})").books().get_colophon(book_id).dump(), "[1]");
  EXPECT_EQ(library.answer(R"({"colophon":"x"})").books().get_colophon(book_id).dump(), "\"x\"");
}

TEST(KitchenSinkAnswers, OfSeveralMembersAreAStruct) {
  Library library;
  const CopyCount count =
      library
          .answer(
              R"({"total":3,"byBranch":{"x":1,"y":2},"cards":[{"key":"k","holder":{"name":"A"},)"
              R"("since":"2026-08-01"}]})")
          .books()
          .count_copies(book_id, {.branch_id = BranchId("x"), .by = BookState::on_loan});
  EXPECT_EQ(library.request(), "GET /books/b/copies?branchId=x&by=onLoan");
  EXPECT_EQ(count.total, 3);
  EXPECT_EQ(count.by_branch.at("y"), 2);
  EXPECT_EQ(count.cards->at(0).key.reveal(), "k");
  EXPECT_EQ(library.answer(R"({"total":4})").loans().count().total, 4);
}

TEST(KitchenSinkAnswers, OfTwoListsHaveACursorForEach) {
  Library library;
  const LoansAndReturns both =
      library
          .answer(
              R"({"loans":[{"copyId":"1"}],"returned":[],"cursors":{"loans":"x","returns":null}})")
          .loans()
          .list_loans_and_returns({.loans_cursor = "w"});
  EXPECT_EQ(library.request(), "GET /loans-and-returns?loansCursor=w");
  EXPECT_EQ(both.loans.at(0).copy_id, CopyId("1"));
  EXPECT_EQ(*both.cursors.loans, "x");
  EXPECT_TRUE(both.cursors.returns.is_null());
}

TEST(KitchenSinkAnswers, NameTheWrongMemberFromTheTop) {
  Library library;
  try {
    library.answer(R"({"book":{"editions":[{},{"pages":"many"}]}})").books().get(book_id);
    FAIL() << "it was read";
  } catch (const DecodeError& error) {
    EXPECT_EQ(error.pointer(), "/data/book/editions/1/pages");
    EXPECT_EQ(error.operation(), "getBook");
  }
}

TEST(KitchenSinkAnswers, ShowNeitherPathNorKeyWhenTheyAreErrors) {
  Library library;
  library.transport().add(404, R"({"errors":[{"type":"not-found"}]})");
  try {
    library.books().revoke_card(WriteKey("hush-hush"));
    FAIL() << "it was done";
  } catch (const NotFoundError& error) {
    const std::string message = error.what();
    EXPECT_EQ(message.find("hush-hush"), std::string::npos) << message;
    EXPECT_EQ(error.operation(), "revokeCard");
  }
}

}  // namespace
}  // namespace segment
