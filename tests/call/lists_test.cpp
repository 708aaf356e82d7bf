// A list is a range over all of its pages, which are fetched as the iteration reaches them.
#include <gtest/gtest.h>

#include <concepts>
#include <ranges>
#include <vector>

#include "call/pages.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using Ids = std::vector<string>;

static_assert(std::ranges::input_range<List<Page<Source>>>);
static_assert(std::ranges::input_range<Pages<Page<Source>>>);
static_assert(std::movable<List<Page<Source>>> && !std::copyable<List<Page<Source>>>);

Ids walk(std::initializer_list<string> pages) {
  FakeClient fake;
  for (const string& page : pages) fake.transport->add(200, page);
  Ids ids = ids_of(fake.client.sources().list());
  EXPECT_EQ(fake.sent(), pages.size());
  return ids;
}

TEST(AList, OfNoItemsIsEmpty) { EXPECT_EQ(walk({page_of({})}), Ids{}); }

TEST(AList, OfOneItemHasOne) { EXPECT_EQ(walk({page_of({"1"})}), Ids{"1"}); }

TEST(AList, OfExactlyOnePageEndsWithItOrWithAnEmptyOne) {
  EXPECT_EQ(walk({page_of({"1", "2"})}), (Ids{"1", "2"}));
  EXPECT_EQ(walk({page_of({"1", "2"}, R"("b")"), page_of({})}), (Ids{"1", "2"}));
}

TEST(AList, OfOnePageAndOneItemHasThemAll) {
  EXPECT_EQ(walk({page_of({"1", "2"}, R"("b")"), page_of({"3"})}), (Ids{"1", "2", "3"}));
}

TEST(AList, ContinuesAfterEmptyPages) {
  EXPECT_EQ(walk({page_of({}, R"("b")"), page_of({"1"}, R"("c")"), page_of({}, R"("d")"),
                  page_of({}, R"("e")"), page_of({"2"})}),
            (Ids{"1", "2"}));
}

TEST(AList, EndsWhenNextIsAbsentNullOrEmpty) {
  EXPECT_EQ(walk({page_of({"1"}, "null")}), Ids{"1"});
  EXPECT_EQ(walk({page_of({"1"}, R"("")")}), Ids{"1"});
  EXPECT_EQ(walk({page_of({"1"})}), Ids{"1"});
  EXPECT_EQ(walk({R"({"data":{"sources":[{"id":"1"}]}})"}), Ids{"1"}) << "no pagination at all";
}

TEST(AList, PassesEachCursorOnUnchanged) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, R"("Mw==")"))
      .add(200, page_of({"2"}, R"("a&b=c/\u00e4")"))
      .add(200, page_of({"3"}));
  (void)ids_of(fake.client.sources().list({.count = 1}));
  const auto requests = fake.transport->requests();
  ASSERT_EQ(requests.size(), 3U);
  const string base = "https://api.segmentapis.com/sources?pagination.count=1";
  EXPECT_EQ(requests[0].url, base);
  EXPECT_EQ(requests[1].url, base + "&pagination.cursor=Mw%3D%3D");
  EXPECT_EQ(requests[2].url, base + "&pagination.cursor=a%26b%3Dc%2F%C3%A4");
}

TEST(AList, RequestsTheGivenPageSizeOrElseALargeOne) {
  FakeClient fake;
  fake.transport->respond_with([](const auto&) { return http::Response{200, {}, page_of({})}; });
  (void)ids_of(fake.client.sources().list({.count = 1000}));
  EXPECT_EQ(fake.target(), "/sources?pagination.count=1000");
  (void)ids_of(fake.client.sources().list());
  EXPECT_EQ(fake.target(), "/sources?pagination.count=1000");
  (void)ids_of(fake.client.sources().list({}, {.query = {{"pagination.count", "5"}}}));
  EXPECT_EQ(fake.target(), "/sources?pagination.count=5");
}

TEST(AList, RequestsNoLargerPagesThanTheOperationAllows) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"filters":[]}})");
  for (const auto& filter : fake.client.space_filters().list({.integration_id = SpaceId("s")})) {
    ADD_FAILURE() << filter.id;
  }
  EXPECT_TRUE(contains(fake.target(), "pagination.count=10&") ||
              fake.target().ends_with("pagination.count=10"))
      << fake.target();
}

TEST(AList, StartsAtTheCursorItIsGiven) {
  FakeClient fake;
  fake.transport->add(200, page_of({"9"}));
  EXPECT_EQ(ids_of(fake.client.sources().list({.count = 2, .cursor = "Mw=="})), Ids{"9"});
  EXPECT_EQ(fake.target(), "/sources?pagination.count=2&pagination.cursor=Mw%3D%3D");
}

TEST(AList, SendsNothingUntilItIsIterated) {
  FakeClient fake;
  auto list = fake.client.sources().list();
  EXPECT_EQ(fake.sent(), 0U);
  fake.transport->add(200, page_of({}));
  EXPECT_EQ(list.begin(), list.end());
  EXPECT_EQ(fake.sent(), 1U);
}

TEST(AList, ThatIsLeftEarlySendsNothingMore) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")"));
  for (const Source& source : fake.client.sources().list()) {
    if (source.id == SourceId("2")) break;
  }
  EXPECT_EQ(fake.sent(), 1U);
}

TEST(AList, OutlivesItsClientAndItsArguments) {
  auto transport = std::make_shared<FakeTransport>();
  transport->add(200, page_of({"1"}, R"("b")")).add(200, page_of({"2"}));
  auto list = [&] {
    const Client client({.token = Token("t"), .transport = transport});
    const string cursor = "from a temporary that is longer than any small string";
    return client.sources().list(PageRequest{.count = 1, .cursor = cursor},
                                 CallOptions{.headers = {{"X-Long", string(100, 'x')}}});
  }();
  EXPECT_EQ(ids_of(list), (Ids{"1", "2"}));
  EXPECT_EQ(*transport->last_request().headers.find("X-Long"), string(100, 'x'));
}

TEST(AList, MayBeMovedDuringIteration) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")")).add(200, page_of({"3"}));
  auto list = fake.client.sources().list();
  auto item = list.begin();
  EXPECT_EQ(item->id, SourceId("1"));
  auto moved = std::move(list);
  ++item;
  EXPECT_EQ(item->id, SourceId("2"));
  ++item;
  EXPECT_EQ(item->id, SourceId("3"));
  ++item;
  EXPECT_EQ(item, moved.end());
}

TEST(AList, ThatWasMovedFromSaysSo) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}));
  auto list = fake.client.sources().list();
  auto other = std::move(list);
  EXPECT_THROW((void)list.begin(), std::logic_error);
  EXPECT_THROW((void)std::move(list).prefetch(), std::logic_error);
  EXPECT_THROW((void)std::move(list).pages(), std::logic_error);
  auto pages = std::move(other).pages();
  EXPECT_THROW((void)other.begin(), std::logic_error) << "the list is read page by page now";
  auto moved = std::move(pages);
  EXPECT_THROW((void)pages.begin(), std::logic_error);
  EXPECT_EQ(moved.begin()->items.size(), 1U);
}

TEST(AList, ContinuesWhereItWasLeft) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2", "3"}));
  auto list = fake.client.sources().list();
  auto item = list.begin();
  ++item;
  EXPECT_EQ(ids_of(list), (Ids{"2", "3"}));
  EXPECT_EQ(fake.sent(), 1U);
}

// The views of libstdc++ do not compile with clang before 16, for any range.
#if !defined(__clang__) || __clang_major__ >= 16
TEST(AList, WorksWithStandardViews) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2", "3"}, R"("b")"))
      .add(200, page_of({"4", "5"}, R"("c")"));
  auto list = fake.client.sources().list();
  auto odd = list | std::views::filter(
                        [](const Source& source) { return (source.id.text()[0] - '0') % 2 == 1; });
  Ids ids;
  for (const Source& source : odd) {
    ids.push_back(source.id.text());
    if (ids.size() == 3) break;
  }
  EXPECT_EQ(ids, (Ids{"1", "3", "5"}));
  EXPECT_EQ(fake.sent(), 2U);

  fake.transport->add(200, page_of({"1", "2", "3"}, R"("b")"));
  auto all = fake.client.sources().list();
  EXPECT_EQ(ids_of(all | std::views::take(2)), (Ids{"1", "2"}));
  EXPECT_EQ(fake.sent(), 3U);
}
#endif

TEST(AList, LetsItsItemsBeMovedOut) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}));
  std::vector<Source> kept;
  for (Source& source : fake.client.sources().list()) kept.push_back(std::move(source));
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[1].id, SourceId("2"));
}

TEST(AList, CanBeReadPageByPage) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")"))
      .add(200, page_of({}, R"("c")"))
      .add(200, page_of({"3"}));
  std::vector<std::size_t> sizes;
  for (const Page<Source>& page : fake.client.sources().list().pages()) {
    sizes.push_back(page.items.size());
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 0, 1}));
}

TEST(AResponseWithTwoLists, IsListedByTheCursorOfEither) {
  const auto answer = [](const string& warehouse, const string& source, const string& next) {
    return R"({"data":{"warehouses":[{"id":")" + warehouse +
           R"("}],"warehousesPagination":{"next":)" + next + R"(},"sources":[{"id":")" + source +
           R"("}],"sourcesPagination":{"next":)" + next + "}}}";
  };
  FakeClient fake;
  fake.transport->add(200, answer("w1", "s1", R"("b")")).add(200, answer("w2", "s2", "null"));
  EXPECT_EQ(
      ids_of(fake.client.credentials().list_warehouses(CredentialId("c"), {.sources_count = 1})),
      (Ids{"w1", "w2"}));
  EXPECT_EQ(fake.target(),
            "/credentials/c/consumers?sourcesPagination.count=1&warehousesPagination.count=1000"
            "&warehousesPagination.cursor=b");
  fake.transport->add(200, answer("w1", "s1", R"("b")")).add(200, answer("w2", "s2", "null"));
  EXPECT_EQ(ids_of(fake.client.credentials().list_sources(CredentialId("c"))), (Ids{"s1", "s2"}));
  EXPECT_EQ(fake.target(),
            "/credentials/c/consumers?sourcesPagination.count=1000&sourcesPagination.cursor=b");
}

TEST(ASinglePage, HasItsCursorsAndTheTotal) {
  FakeClient fake;
  fake.transport->add(200,
                      R"({"data":{"sources":[{"id":"1"}],"pagination":)"
                      R"({"current":"b","next":"c","previous":"a","totalEntries":5000000000}}})");
  const Page<Source> page = fake.client.sources().list_page({.cursor = "b"});
  EXPECT_EQ(page.items.size(), 1U);
  EXPECT_EQ(page.next_cursor(), "c");
  EXPECT_EQ(page.pagination->previous.value(), "a");
  EXPECT_EQ(page.total_entries(), 5'000'000'000);
  EXPECT_EQ(fake.sent(), 1U);
}

// The API requires a count with a cursor; without one it has a default of its own.
TEST(ASinglePage, IsRequestedWithACountIfItHasACursor) {
  FakeClient fake;
  fake.transport->respond_with([](const auto&) { return http::Response{200, {}, page_of({})}; });
  (void)fake.client.sources().list_page();
  EXPECT_EQ(fake.target(), "/sources");
  (void)fake.client.sources().list_page({.cursor = "b"});
  EXPECT_EQ(fake.target(), "/sources?pagination.cursor=b&pagination.count=200");
  (void)fake.client.sources().list_page({.count = 3, .cursor = "b"});
  EXPECT_EQ(fake.target(), "/sources?pagination.count=3&pagination.cursor=b");
}

}  // namespace
}  // namespace segment::testing
