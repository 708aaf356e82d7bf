// Versions that have their own methods, previews, and what is deprecated.
#include <gtest/gtest.h>

#include <string>
#include <type_traits>
#include <vector>

#include "../../../cli/messages/deprecation.hpp"
#include "library.hpp"
#include "segment/error.hpp"

namespace segment {
namespace {

std::vector<std::string> others_of(const Operation& operation) {
  std::vector<std::string> texts;
  for (const OtherVersion& other : operation.other_versions) {
    texts.push_back(std::string(to_string(other.version)) + " " + std::string(other.group) + "." +
                    std::string(other.name));
  }
  return texts;
}

TEST(KitchenSinkVersions, OfOneOperationKnowEachOther) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(others_of(operations::books::get), (Texts{"v2 books_v2.get", "alpha books_alpha.get"}));
  EXPECT_EQ(others_of(operations::books_v2::get),
            (Texts{"v1 books.get", "beta books.get", "alpha books_alpha.get"}));
  EXPECT_TRUE(others_of(operations::books::list).empty());
  EXPECT_EQ(operations::books_v2::get.id, operations::books::get.id);
  EXPECT_EQ(operations::books_v2::get.group, "books_v2");
}

TEST(KitchenSinkVersions, HaveTheirOwnTypesSideBySide) {
  Library library;
  static_assert(std::is_same_v<decltype(library.books().get(the_book)), Book>);
  static_assert(std::is_same_v<decltype(library.books_v2().get(the_book)), BookV2>);
  static_assert(std::is_same_v<decltype(library.books_alpha().get(the_book)), std::string>);
  static_assert(std::is_same_v<decltype(BookV2::shelf), Nullable<std::string>>);
  const BookV2 book =
      library.respond(R"({"book":{"title":"The Waves","shelf":null}})").books_v2().get(the_book);
  EXPECT_EQ(book.title, "The Waves");
  EXPECT_TRUE(book.shelf.is_null());
  EXPECT_EQ(*library.transport().last_request().headers.find("Accept"),
            "application/vnd.segment.v2+json");
}

TEST(KitchenSinkVersions, AreRefusedIfTheyHaveAMethodOfTheirOwn) {
  Library library;
  try {
    (void)library.books().get(the_book, {.version = ApiVersion::v2});
    FAIL() << "v2 has a different shape";
  } catch (const InvalidArgumentError& error) {
    EXPECT_NE(std::string(error.what()).find("books_v2().get()"), std::string::npos)
        << error.what();
  }
  EXPECT_TRUE(library.transport().requests().empty());
}

TEST(KitchenSinkVersions, SayWhetherTheyArePreviews) {
  EXPECT_TRUE(operations::books_v2::get.preview);
  EXPECT_FALSE(operations::books::get.preview);
}

TEST(APreview, IsRefusedIfTheClientAllowsNone) {
  Library library({.allow_preview = false});
  try {
    (void)library.books_v2().get(the_book);
    FAIL() << "v2 is a preview";
  } catch (const InvalidArgumentError& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("preview"), std::string::npos) << text;
    EXPECT_NE(text.find("ClientOptions::allow_preview"), std::string::npos) << text;
  }
  EXPECT_TRUE(library.transport().requests().empty());
  library.respond(R"({"book":{"title":"The Waves"}})");
  EXPECT_NO_THROW((void)library.books().get(the_book));
}

TEST(KitchenSinkVersions, SayWhatToUseInsteadOfWhatIsDeprecated) {
  EXPECT_EQ(operations::books::get_shelf_mark.deprecated, "use `get` and its `place`");
  EXPECT_EQ(operations::books::get.deprecated, "");
}

TEST(KitchenSinkVersions, HaveAMessageForTheCommandLineOnlyIfDeprecated) {
  EXPECT_EQ(cli::deprecation_of(operations::books::get_shelf_mark),
            "getShelfMark is deprecated: use `get` and its `place`");
  EXPECT_EQ(cli::deprecation_of(operations::books::get), "");
}

// These warnings are errors here: a deprecated member may be present, copied, compared and read
// without a warning to those who do not name it.
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wdeprecated-declarations"
TEST(KitchenSinkVersions, DoNotWarnOfADeprecatedMemberThatNobodyNames) {
  ShelfMark mark{.text = "A 1"};
  const ShelfMark copied = mark;
  const ShelfMark moved = std::move(mark);
  EXPECT_EQ(copied, moved);
}
#pragma GCC diagnostic pop

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
TEST(KitchenSinkVersions, KeepSupportingWhatIsDeprecated) {
  Library library;
  const ShelfMark mark =
      library.respond(R"({"text":"A 1","room":"left"})").books().get_shelf_mark(the_book);
  EXPECT_EQ(mark.room, "left");
  EXPECT_EQ(library.request(), "GET /books/b/mark");
}
#pragma GCC diagnostic pop

}  // namespace
}  // namespace segment
