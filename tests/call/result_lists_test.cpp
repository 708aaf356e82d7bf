// A list whose errors are values: it throws nothing, and an error never looks like the end.
#include <gtest/gtest.h>

#include <optional>
#include <ranges>
#include <string>
#include <vector>

#include "call/pages.hpp"
#include "segment/nothrow_client.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using Ids = std::vector<string>;
using Sources = ResultList<Page<Source>>;

static_assert(std::ranges::input_range<ResultList<Page<Source>>>);
static_assert(std::ranges::input_range<ResultPages<Page<Source>>>);
static_assert(std::movable<Sources> && !std::copyable<Sources>);

// `!` stands for an error.
Ids seen_in(Sources& list) {
  Ids seen;
  for (const Result<Source>& source : list) {
    seen.push_back(source ? source.value().id.text() : "!");
  }
  return seen;
}

TEST(AListOfResults, YieldsEveryItemOfEveryPage) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")"))
      .add(200, page_of({}, R"("c")"))
      .add(200, page_of({"3"}));
  auto list = fake.client.nothrow().sources().list();
  EXPECT_EQ(seen_in(list), (Ids{"1", "2", "3"}));
  EXPECT_EQ(seen_in(list), Ids{});
}

TEST(AListOfResults, HasAnErrorInPlaceOfAFailedPageAndContinuesWithThatPage) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, R"("b")")).add(403, "").add(200, page_of({"2"}));
  auto list = fake.client.nothrow().sources().list();
  EXPECT_EQ(seen_in(list), (Ids{"1", "!"}));
  EXPECT_EQ(list.cursor(), "b");
  EXPECT_EQ(seen_in(list), Ids{"2"});
}

TEST(AListOfResults, ReportsInvalidInputEachTime) {
  FakeClient fake;
  auto list = fake.client.nothrow().sources().list_connected_destinations(SourceId(""));
  for (int i = 0; i < 2; ++i) {
    auto at = list.begin();
    ASSERT_NE(at, list.end());
    EXPECT_NE(at->error_as<InvalidArgumentError>(), nullptr);
    ++at;
    EXPECT_EQ(at, list.end());
  }
  EXPECT_NE(list.to_vector().error_as<InvalidArgumentError>(), nullptr);
  EXPECT_NE(list.front().error_as<InvalidArgumentError>(), nullptr);
  EXPECT_NE(list.total().error_as<InvalidArgumentError>(), nullptr);
}

TEST(AListOfResults, CanBeCollected) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, R"("b")"))
      .add(403, "")
      .add(200, page_of({"2", "3"}, R"("c")"));
  auto list = fake.client.nothrow().sources().list();
  auto at = list.begin();
  EXPECT_EQ((*at)->id.text(), "1");
  EXPECT_NE(list.to_vector().error_as<PermissionDeniedError>(), nullptr);
  EXPECT_EQ(ids_of(list.to_vector(2).value()), (Ids{"1", "2"}));
  EXPECT_EQ(list.front().value()->id.text(), "3");
  EXPECT_EQ(list.total().value(), std::nullopt);
}

TEST(AListOfResults, CanBePeekedAtAndCollectedWithinItsOwnLoop) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2", "3"}, R"("b")")).add(200, page_of({"4", "5"}));
  auto list = fake.client.nothrow().sources().list();
  Ids seen;
  for (const Result<Source>& source : list) {
    seen.push_back(source.value().id.text());
    EXPECT_EQ(list.front().value()->id.text(), seen.back());
    if (seen.size() == 2) {
      EXPECT_EQ(ids_of(list.to_vector(2).value()), (Ids{"2", "3"}));
    }
  }
  EXPECT_EQ(seen, (Ids{"1", "2", "4", "5"}));
}

TEST(AListOfResults, CanBeReadPageByPage) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")")).add(403, "").add(200, page_of({"3"}));
  auto pages = fake.client.nothrow().sources().list().pages();
  const auto sizes = [&] {
    std::vector<int> seen;
    for (const Result<Page<Source>>& page : pages) {
      seen.push_back(page ? static_cast<int>(page.value().items.size()) : -1);
    }
    return seen;
  };
  EXPECT_EQ(sizes(), (std::vector<int>{2, -1}));
  EXPECT_EQ(pages.cursor(), "b");
  EXPECT_EQ(sizes(), std::vector<int>{1});
}

TEST(AListOfResults, CanBePrefetched) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, R"("b")")).add(200, page_of({"2"}));
  auto list = fake.client.nothrow().sources().list().prefetch();
  (void)list.begin();
  EXPECT_EQ(fake.transport->requests().size(), 2U);
  EXPECT_EQ(seen_in(list), (Ids{"1", "2"}));
}

}  // namespace
}  // namespace segment::testing
