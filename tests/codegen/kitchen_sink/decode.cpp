// The third layer: what is read from JSON, and that it is written back the same.
#include <gtest/gtest.h>

#include <string>

#include "segment/api/types/books.hpp"
#include "segment/api/types/loans.hpp"
#include "segment/convert.hpp"
#include "segment/error.hpp"

namespace segment {
namespace {

constexpr std::string_view full_book =
    R"({"id":"b1","title":"The Waves","state":"onLoan","authors":[{"name":"Virginia","email":null,)"
    R"("born":1882}],"editor":{"name":"Leonard","email":"l@x.org"},"editions":[{"isbn":"978",)"
    R"("class":"PR","pages":324,"price":12.5,"printedAt":"1931-10-08","inPrint":true,)"
    R"("cover":{"cloth":["red",null]},"colophon":[1,{"a":2.5}],"reviews":[{"stars":5},{}],)"
    R"("errata":{"7":[{"for":"teh","read":"the"}],"9":[]}}],"previousId":null,)"
    R"("place":{"shelf":"W","row":3},"places":{"c1":{"shelf":"W","box":"9","note":"frail"},)"
    R"("c2":{"reader":{"name":"Ann"}},"c3":"lost"},"translations":{"de":"Die Wellen"},)"
    R"("ratings":{"Ann":[5,4],"Bob":[]},"settings":{"free":true},"isLargePrint":false,)"
    R"("ISBN13Prefix":"978"})";

TEST(KitchenSinkDecode, ReadsMembersOfEveryKind) {
  const auto book = from_json<Book>(Json::parse(full_book));
  EXPECT_EQ(book.id, BookId("b1"));
  EXPECT_EQ(book.state, BookState::on_loan);
  EXPECT_TRUE(book.authors.at(0).email.is_null());
  EXPECT_EQ(book.authors.at(0).born, 1882);
  EXPECT_EQ(book.editor->email, Nullable<std::string>("l@x.org"));
  const Edition& edition = book.editions->at(0);
  EXPECT_EQ(edition.class_mark, "PR");
  EXPECT_EQ(edition.pages, 324);
  EXPECT_EQ(edition.price, 12.5);
  EXPECT_TRUE(edition.printed_at.time_point().has_value());
  EXPECT_EQ(edition.cover->at("cloth").size(), 2U);
  EXPECT_EQ(edition.colophon->dump(), R"([1,{"a":2.5}])");
  EXPECT_EQ(edition.reviews->at(0).at("stars"), Json(5));
  EXPECT_EQ(edition.errata->at("7").at(0).at("read"), Json("the"));
  EXPECT_TRUE(book.previous_id.is_null());
  EXPECT_EQ(std::get<ShelfPlace>(*book.place).row, 3);
  EXPECT_EQ(std::get<BoxPlace>(book.places->at("c1")).note, "frail");
  EXPECT_EQ(std::get<LentPlace>(book.places->at("c2")).reader->name, "Ann");
  EXPECT_EQ(std::get<Json>(book.places->at("c3")), Json("lost"));
  EXPECT_EQ(book.translations.at("de"), "Die Wellen");
  EXPECT_EQ(book.ratings->at("Ann"), (std::vector<std::int64_t>{5, 4}));
  EXPECT_EQ(book.isbn13_prefix, "978");
}

TEST(KitchenSinkDecode, WritesBackWhatItRead) {
  EXPECT_EQ(to_json_text(from_json<Book>(Json::parse(full_book))), full_book);
  const std::string loan =
      R"({"copyId":"c","reader":{"name":"Ann"},"book":)" + std::string(full_book) + "}";
  EXPECT_EQ(to_json_text(from_json<Loan>(Json::parse(loan))), loan);
}

TEST(KitchenSinkDecode, GivesMissingMembersTheirEmptyValue) {
  const auto book = from_json<Book>(Json::object());
  EXPECT_TRUE(book.id.empty());
  EXPECT_EQ(book.editor->name, "");
  EXPECT_TRUE(book.previous_id.is_absent());
  EXPECT_FALSE(book.place.has_value());
  const auto loans = from_json<LoanPage>(Json::object());
  EXPECT_EQ(loans.librarian->name, "");
  EXPECT_EQ(LoanPage{}, loans);
}

TEST(KitchenSinkDecode, ReadsAMissingFreeFormObjectAsEmptyAndOtherJsonAsNull) {
  for (const char* text : {"{}", R"({"settings":null,"extra":null})"}) {
    EXPECT_EQ(from_json<Book>(Json::parse(text)).settings, Json::object());
    const auto create = from_json<CreateBook>(Json::parse(text));
    EXPECT_EQ(create.settings, Json::object());
    EXPECT_TRUE(create.extra->is_null());
  }
  const Book book{.editor = Person{.name = "Ann"}};
  EXPECT_EQ(book.settings, Json::object());
}

TEST(KitchenSinkDecode, NamesAWrongMemberInMapsListsAndUnionsOfOtherFiles) {
  const auto pointer = [](std::string_view text) -> std::string {
    try {
      static_cast<void>(from_json<Loan>(Json::parse(text)));
    } catch (const DecodeError& error) {
      return error.pointer();
    }
    return "it was read";
  };
  EXPECT_EQ(pointer(R"({"book":{"translations":{"d/e":5}}})"), "/book/translations/d~1e");
  EXPECT_EQ(pointer(R"({"book":{"ratings":{"Ann":[1,"2"]}}})"), "/book/ratings/Ann/1");
  EXPECT_EQ(pointer(R"({"book":{"editions":[{"pages":1.5}]}})"), "/book/editions/0/pages");
  EXPECT_EQ(pointer(R"({"book":{"settings":"x"}})"), "/book/settings");
  EXPECT_EQ(pointer(R"({"book":{"editions":[{"reviews":[{},"good"]}]}})"),
            "/book/editions/0/reviews/1");
  EXPECT_EQ(pointer(R"({"book":{"editions":[{"errata":{"7":[{},[]]}}]}})"),
            "/book/editions/0/errata/7/1");
  EXPECT_EQ(pointer(R"({"book":{"place":{"shelf":1,"row":1}}})"), "it was read");
}

TEST(KitchenSinkDecode, ChoosesTheAlternativeOfAUnionThatFitsBest) {
  const auto place = [](std::string_view text) {
    return from_json<Book>(Json::object({{"place", Json::parse(text)}})).place->index();
  };
  EXPECT_EQ(place(R"({"shelf":"a","row":1})"), 0U);
  EXPECT_EQ(place(R"({"shelf":"a","box":"b"})"), 1U);
  EXPECT_EQ(place(R"({"shelf":"a","row":1,"box":"b","note":"n"})"), 1U);
  EXPECT_EQ(place(R"({"shelf":"a","row":1,"box":"b"})"), 0U);
  EXPECT_EQ(place(R"({"shelf":"a","row":"first","box":"b"})"), 1U);
  EXPECT_EQ(place(R"({"reader":{"name":"A"}})"), 2U);
  EXPECT_EQ(place(R"({"shelf":"a"})"), 3U);
}

}  // namespace
}  // namespace segment
