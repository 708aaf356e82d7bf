// The second layer: what a call's input looks like on the wire, byte for byte.
#include <gtest/gtest.h>

#include <string>

#include "library.hpp"
#include "segment/convert.hpp"
#include "segment/error.hpp"

namespace segment {
namespace {

constexpr std::string_view a_book = R"({"book":{}})";
constexpr std::string_view success = R"({"status":"SUCCESS"})";

TEST(KitchenSinkEncode, WritesABodyWithMembersOfEveryKindInOrder) {
  Library library;
  library.respond(a_book).books().create({
      .title = "The \"Waves\"",
      .state = BookState::none_left,
      .branch_id = BranchId("b1"),
      .authors = {{{.name = "Virginia", .email = null}, {.name = "Leonard", .born = 1880}}},
      .editor = Person{.name = "Ed", .email = "e@x.org"},
      .place = ShelfPlace{.shelf = "W", .row = 3},
      .settings = Json::object({{"b", 1}, {"a", nullptr}}),
      .extra = Json::array({1, "two"}),
      .copies = 20,
      .price = 0.5,
      .wanted_by = Timestamp("2026-08-01T00:00:00Z"),
      .is_large_print = false,
      .card_key = WriteKey("key"),
      .translations = {{{"fr", "Les Vagues"}, {"de", "Die Wellen"}}},
      .is_private = true,
  });
  EXPECT_EQ(library.request(), "POST /books");
  EXPECT_EQ(library.body(),
            R"({"title":"The \"Waves\"","state":"0","branchId":"b1",)"
            R"("authors":[{"name":"Virginia","email":null},{"name":"Leonard","born":1880}],)"
            R"("editor":{"name":"Ed","email":"e@x.org"},"place":{"shelf":"W","row":3},)"
            R"("settings":{"b":1,"a":null},"extra":[1,"two"],"copies":20,"price":0.5,)"
            R"("wantedBy":"2026-08-01T00:00:00Z","isLargePrint":false,"cardKey":"key",)"
            R"("translations":{"de":"Die Wellen","fr":"Les Vagues"},"private":true})");
}

TEST(KitchenSinkEncode, LeavesOutWhatTheCallerLeftOut) {
  Library library;
  library.respond(a_book).books().update(BookId("b"), {});
  EXPECT_EQ(library.request(), "PATCH /books/b");
  EXPECT_EQ(library.body(), "{}");
  library.respond(a_book).books().update(BookId("b"), {.is_large_print = false});
  EXPECT_EQ(library.body(), R"({"isLargePrint":false})");
}

TEST(KitchenSinkEncode, SendsNullForMembersThatCanBeNull) {
  Library library;
  library.respond(a_book).books().update(BookId("b"), {.subtitle = null,
                                                       .is_large_print = null,
                                                       .copies = null,
                                                       .previous_id = null,
                                                       .state = null,
                                                       .place = null,
                                                       .authors = null,
                                                       .settings = null,
                                                       .reviewer = null});
  EXPECT_EQ(library.body(),
            R"({"subtitle":null,"isLargePrint":null,"copies":null,"previousId":null,"state":null,)"
            R"("place":null,"authors":null,"settings":null,"reviewer":null})");
}

TEST(KitchenSinkEncode, SendsTheValuesOfMembersThatCanBeNull) {
  Library library;
  library.respond(a_book).books().update(BookId("b"), {.subtitle = "s",
                                                       .copies = 0,
                                                       .previous_id = BookId("a"),
                                                       .state = BookState("ANEW"),
                                                       .place = Place(Json::object({{"x", 1}})),
                                                       .authors = std::vector<Person>{},
                                                       .editor = Person{.name = "E"},
                                                       .settings = Json::object()});
  EXPECT_EQ(library.body(),
            R"({"subtitle":"s","copies":0,"previousId":"a","state":"ANEW","place":{"x":1},)"
            R"("authors":[],"editor":{"name":"E"},"settings":{}})");
}

TEST(KitchenSinkEncode, SendsAnEmptyObjectForABodyWithoutMembers) {
  Library library;
  library.respond(success).opening_hours().close({});
  EXPECT_EQ(library.request(), "POST /opening-hours/close");
  EXPECT_EQ(library.body(), "{}");
}

TEST(KitchenSinkEncode, SendsNoBodyIfTheOperationHasNone) {
  Library library;
  library.respond(success).books().stamp(BookId("b"));
  EXPECT_EQ(library.request(), "POST /books/b/stamps");
  EXPECT_EQ(library.body(), "(none)");
}

TEST(KitchenSinkEncode, EncodesPathParametersOfEveryType) {
  Library library;
  library.respond(success).books().shred(BookId("a/b"), BookState::to_be_bound, "\u00e9?&#");
  EXPECT_EQ(library.request(), "DELETE /books/a%2Fb/copies/to%20be-bound/%C3%A9%3F%26%23");
  library.respond(success).books().revoke_card(WriteKey("k 1"));
  EXPECT_EQ(library.request(), "DELETE /cards/k%201");
}

TEST(KitchenSinkEncode, RefusesAnEmptyPathParameterOfEveryType) {
  const Library library;
  const auto books = library.books();
  EXPECT_THROW(books.shred(BookId(), BookState::on_loan, "m"), InvalidArgumentError);
  EXPECT_THROW(books.shred(BookId("b"), BookState(), "m"), InvalidArgumentError);
  EXPECT_THROW(books.shred(BookId("b"), BookState::on_loan, ".."), InvalidArgumentError);
  EXPECT_THROW(books.revoke_card(WriteKey()), InvalidArgumentError);
  EXPECT_TRUE(library.transport().requests().empty());
}

TEST(KitchenSinkEncode, WritesADottedQuery) {
  Library library;
  library.respond(R"({"loans":[]})")
      .loans()
      .search_page({.reader_name = "Ann & Bob",
                    .reader_born = 1990,
                    .filters = {{{.field = "title", .any_of = {{"a", "b"}}}, {.field = "year"}}},
                    .branches = {{BranchId("x"), BranchId("y")}},
                    .overdue = false,
                    .fee = 2.5,
                    .since = Timestamp("2026-08-01"),
                    .state = BookState::on_shelf,
                    .note = null,
                    .count = 5,
                    .cursor = "Mw=="});
  EXPECT_EQ(
      library.request(),
      "GET /loans/search?reader.name=Ann%20%26%20Bob&reader.born=1990&filters.0.field=title"
      "&filters.0.anyOf.0=a&filters.0.anyOf.1=b&filters.1.field=year&branches.0=x&branches.1=y"
      "&overdue=false&fee=2.5&since=2026-08-01&state=ON_SHELF&note=null&count=5&cursor=Mw%3D%3D");
}

TEST(KitchenSinkEncode, LeavesOutOfTheQueryWhatTheCallerLeftOut) {
  Library library;
  library.respond(R"({"loans":[]})")
      .loans()
      .search_page({.reader_name = "A", .filters = std::vector<Filter>{}});
  EXPECT_EQ(library.request(), "GET /loans/search?reader.name=A");
  library.respond(R"({"books":[]})").books().list_page();
  EXPECT_EQ(library.request(), "GET /books");
}

TEST(KitchenSinkEncode, WritesTheQueryOfADelete) {
  Library library;
  library.respond(success).books().remove(BookId("b"), {.copies = {{CopyId("1"), CopyId("2")}}});
  EXPECT_EQ(library.request(), "DELETE /books/b?copies.0=1&copies.1=2");
}

TEST(KitchenSinkEncode, ReadsADottedQueryFromNestedJsonAndWritesItBack) {
  const std::string text = R"({"pagination":{"count":3,"cursor":"x"}})";
  const auto request = from_json<PageRequest>(Json::parse(text));
  EXPECT_EQ(request, (PageRequest{.count = 3, .cursor = "x"}));
  EXPECT_EQ(to_json_text(request), text);
  const std::string search = R"({"reader":{"name":"A","born":1},"filters":[],"count":2})";
  EXPECT_EQ(to_json_text(from_json<SearchLoans>(Json::parse(search))), search);
}

}  // namespace
}  // namespace segment
