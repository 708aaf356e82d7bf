// The first layer: what is known about an operation before it is called.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "operations/operation_tables.hpp"
#include "segment/api/books.hpp"
#include "segment/api/opening_hours.hpp"
#include "segment/api/operations.hpp"
#include "segment/api/resources.hpp"

namespace segment {
namespace {

namespace books = operations::books;
namespace loans = operations::loans;

TEST(KitchenSinkFacts, IncludeNameMethodAndPath) {
  EXPECT_EQ(books::get.id, "getBook");
  EXPECT_EQ(books::get.group, "books");
  EXPECT_EQ(books::get.name, "get");
  EXPECT_EQ(books::get.method, http::Method::get);
  EXPECT_EQ(books::get.path, "/books/{bookId}");
  EXPECT_EQ(books::create.method, http::Method::post);
  EXPECT_EQ(books::replace.method, http::Method::put);
  EXPECT_EQ(books::update.method, http::Method::patch);
  EXPECT_EQ(books::remove.method, http::Method::delete_);
}

TEST(KitchenSinkFacts, ListTheVersionsMostStableFirst) {
  using Versions = std::vector<ApiVersion>;
  const auto versions = [](const Operation& operation) {
    return Versions(operation.versions.begin(), operation.versions.end());
  };
  EXPECT_EQ(versions(books::list), (Versions{ApiVersion::v1, ApiVersion::beta, ApiVersion::alpha}));
  EXPECT_EQ(versions(books::get), (Versions{ApiVersion::v1, ApiVersion::beta}));
  EXPECT_EQ(versions(books::create), (Versions{ApiVersion::beta, ApiVersion::alpha}));
  EXPECT_EQ(versions(books::remove), Versions{ApiVersion::alpha});
  EXPECT_EQ(versions(loans::list), (Versions{ApiVersion::v1, ApiVersion::alpha}));
  EXPECT_EQ(books::create.stability(), ApiVersion::beta);
  EXPECT_FALSE(books::get.has(ApiVersion::alpha));
}

TEST(KitchenSinkFacts, SayWhetherAnOperationIsIdempotent) {
  EXPECT_TRUE(books::get.idempotent);
  EXPECT_TRUE(books::replace.idempotent);
  EXPECT_TRUE(books::remove.idempotent);
  EXPECT_FALSE(books::create.idempotent);
  EXPECT_FALSE(books::update.idempotent);
  EXPECT_TRUE(books::stamp.idempotent) << "the description says so, whatever its verb";
  EXPECT_FALSE(books::shred.idempotent) << "the description says so, whatever its verb";
}

TEST(KitchenSinkFacts, IncludePublishedLimitsFeaturesAndAuditEvents) {
  EXPECT_EQ(books::list.rate_limit, (RateLimit{60, RatePeriod::minute}));
  EXPECT_EQ(books::create.rate_limit, (RateLimit{2, RatePeriod::second}));
  EXPECT_EQ(books::revoke_card.rate_limit, (RateLimit{100, RatePeriod::hour}));
  EXPECT_EQ(books::shred.rate_limit, (RateLimit{3, RatePeriod::day}));
  EXPECT_FALSE(books::get.rate_limit);
  EXPECT_EQ(books::create.required_feature, "Acquisitions");
  EXPECT_EQ(books::get.required_feature, "");
  EXPECT_EQ(std::vector<std::string_view>(books::create.audit_events.begin(),
                                          books::create.audit_events.end()),
            (std::vector<std::string_view>{"Book Created", "Shelf Filled"}));
  EXPECT_TRUE(books::get.audit_events.empty());
}

TEST(KitchenSinkFacts, AreListedOnceEach) {
  const auto all = operations::all();
  ASSERT_EQ(all.size(), 30U);
  std::set<std::pair<std::string_view, ApiVersion>> versions;
  for (const Operation* operation : all) {
    for (const ApiVersion version : operation->versions) {
      EXPECT_TRUE(versions.emplace(operation->id, version).second) << operation->id;
    }
  }
}

TEST(KitchenSinkFacts, LeadToTheTablesOfInputAndResponse) {
  const auto table = [](std::string_view id) {
    return **std::ranges::find_if(operations::all(),
                                  [&](const auto* call) { return call->id == id; });
  };
  EXPECT_EQ(table("createBook").body->name, "CreateBook");
  EXPECT_EQ(table("createBook").query, nullptr);
  EXPECT_EQ(table("listBooks").query->name, "PageRequest");
  EXPECT_EQ(table("listBooks").paging->max_count, 1000);
  EXPECT_EQ(table("listBooks").paging->cursor, "pagination.cursor");
  EXPECT_EQ(table("searchLoans").paging->count, "count");
  EXPECT_EQ(table("searchLoans").paging->max_count, 25);
  EXPECT_EQ(table("listShelves").paging->max_count, 10);
  EXPECT_EQ(table("listTitles").paging, nullptr);
  EXPECT_EQ(table("stampBook").data, nullptr);
  EXPECT_EQ(table("countCopies").data, table("countLoans").data);
}

TEST(KitchenSinkFacts, TurnTheDescriptionIntoTypes) {
  static_assert(std::is_same_v<decltype(CreateBook::title), Required<std::string>>);
  static_assert(std::is_same_v<decltype(CreateBook::copies), Required<std::int64_t>>);
  static_assert(std::is_same_v<decltype(CreateBook::price), Required<double>>);
  static_assert(std::is_same_v<decltype(CreateBook::authors), Required<std::vector<Person>>>);
  static_assert(std::is_same_v<decltype(CreateBook::is_private), std::optional<bool>>);
  static_assert(std::is_same_v<decltype(UpdateBook::title), std::optional<std::string>>);
  static_assert(std::is_same_v<decltype(UpdateBook::subtitle), Nullable<std::string>>);
  static_assert(std::is_same_v<decltype(UpdateBook::place), Nullable<Place>>);
  static_assert(std::is_same_v<decltype(Person::name), Required<std::string>>);
  static_assert(std::is_same_v<decltype(Edition::pages), std::int64_t>);
  static_assert(std::is_same_v<decltype(Edition::cover), std::optional<Json>>);
  static_assert(std::is_same_v<decltype(Book::title), std::string>);
  static_assert(std::is_same_v<decltype(Book::editor), Required<Person>>);
  static_assert(std::is_same_v<decltype(Book::ratings),
                               std::optional<std::map<std::string, std::vector<std::int64_t>>>>);
  static_assert(std::is_same_v<decltype(Book::isbn13_prefix), std::optional<std::string>>);
  static_assert(std::is_same_v<Place, std::variant<ShelfPlace, BoxPlace, LentPlace, Json>>);
}

TEST(KitchenSinkFacts, GiveOddEnumTextsNamesThatAreValidInCpp) {
  EXPECT_EQ(BookState(BookState::on_shelf).text(), "ON_SHELF");
  EXPECT_EQ(BookState(BookState::on_loan).text(), "onLoan");
  EXPECT_EQ(BookState(BookState::none_left).text(), "0");
  EXPECT_EQ(BookState(BookState::fresh).text(), "default");
  EXPECT_EQ(BookState(BookState::to_be_bound).text(), "to be-bound");
  EXPECT_EQ(BookState(BookState::hushed).text(), "say \"hush\"\\");
}

template <class Type>
concept has_people = requires(const Type& type) {
  type.people();
};
TEST(KitchenSinkFacts, GiveAnAccessorOnlyToGroupsWithOperations) {
  static_assert(!has_people<BasicResources<Blocking>>);
  static_assert(requires(const BasicResources<Blocking>& resources) { resources.opening_hours(); });
}

}  // namespace
}  // namespace segment
