// A list is collected, peeked at and counted without a loop, and with no more requests than that
// takes.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "call/pages.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using Ids = std::vector<string>;

string counted_page(const string& items, const string& total) {
  return R"({"data":{"sources":[)" + items + R"(],"pagination":{"totalEntries":)" + total + "}}}";
}

TEST(AListAsAVector, HasEveryItemOfEveryPage) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")"))
      .add(200, page_of({}, R"("c")"))
      .add(200, page_of({"3"}));
  const std::vector<Source> sources = fake.client.sources().list().to_vector();
  EXPECT_EQ(ids_of(sources), (Ids{"1", "2", "3"}));
  EXPECT_EQ(fake.sent(), 3U);
}

TEST(AListAsAVector, HasAtMostTheRequestedNumberAndFetchesNoMore) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")")).add(200, page_of({"3", "4"}, R"("c")"));
  auto list = fake.client.sources().list();
  EXPECT_EQ(ids_of(list.to_vector(0)), Ids{});
  EXPECT_EQ(fake.sent(), 0U);
  EXPECT_EQ(ids_of(list.to_vector(2)), (Ids{"1", "2"}));
  EXPECT_EQ(fake.sent(), 1U) << "the page after it is not needed";
  EXPECT_EQ(fake.target(), "/sources?pagination.count=2");
  EXPECT_EQ(ids_of(list.to_vector(1)), Ids{"3"});
  EXPECT_EQ(fake.target(), "/sources?pagination.count=1000&pagination.cursor=b")
      << "only the first page is small";
  EXPECT_EQ(ids_of(list.to_vector(1)), Ids{"4"}) << "continues where it was left";
  EXPECT_EQ(fake.sent(), 2U);
}

TEST(AListAsAVector, RespectsThePageSizesOfCallerAndOperation) {
  FakeClient fake;
  fake.transport->respond_with([](const auto&) { return http::Response{200, {}, page_of({})}; });
  (void)fake.client.sources().list({.count = 50}).to_vector(2);
  EXPECT_EQ(fake.target(), "/sources?pagination.count=50");
  (void)fake.client.sources().list().to_vector(5000);
  EXPECT_EQ(fake.target(), "/sources?pagination.count=1000");
  (void)fake.client.sources().list().to_vector();
  EXPECT_EQ(fake.target(), "/sources?pagination.count=1000");
}

TEST(AListAsAVector, HasTheRestOfAPartlyReadList) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")")).add(200, page_of({"3"}));
  auto list = fake.client.sources().list();
  auto item = list.begin();
  ++item;
  EXPECT_EQ(ids_of(list.to_vector()), (Ids{"2", "3"}));
  EXPECT_EQ(list.to_vector(), std::vector<Source>{});
}

TEST(AListAsAVector, LosesNothingWhenAPageFails) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")")).add(403, "").add(200, page_of({"3"}));
  auto list = fake.client.sources().list();
  thrown<PermissionDeniedError>([&] { (void)list.to_vector(); });
  EXPECT_EQ(ids_of(list.to_vector()), (Ids{"1", "2", "3"}));
}

TEST(AListAsAVector, LosesNothingWhenALoopContinuesAfterAnError) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")")).add(403, "").add(200, page_of({"3"}));
  auto list = fake.client.sources().list();
  thrown<PermissionDeniedError>([&] { (void)list.to_vector(); });
  EXPECT_EQ(ids_of(list), (Ids{"1", "2", "3"}));
}

TEST(TheFrontOfAList, IsItsFirstItemAndTheOnlyOneRequested) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, R"("b")"));
  const std::optional<Source> first = fake.client.sources().list({.count = 50}).front();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->id, SourceId("1"));
  EXPECT_EQ(fake.target(), "/sources?pagination.count=1");
  EXPECT_EQ(fake.sent(), 1U);
}

TEST(TheFrontOfAList, IsNothingIfTheListIsEmpty) {
  FakeClient fake;
  fake.transport->add(200, page_of({}, R"("b")")).add(200, page_of({}));
  EXPECT_EQ(fake.client.sources().list().front(), std::nullopt);
}

TEST(TheFrontOfAList, DoesNotAdvanceTheList) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, R"("b")")).add(200, page_of({"1", "2"}));
  auto list = fake.client.sources().list();
  EXPECT_EQ(list.front()->id, SourceId("1"));
  EXPECT_EQ(list.begin()->id, SourceId("1"));
  EXPECT_EQ(fake.target(), "/sources?pagination.count=1000");
  EXPECT_EQ(list.front()->id, SourceId("1"));
  EXPECT_EQ(fake.sent(), 2U) << "it was already fetched";
  EXPECT_EQ(ids_of(list), (Ids{"1", "2"}));
  EXPECT_EQ(list.front(), std::nullopt) << "at the end";
}

TEST(TheTotalOfAList, IsWhatTheApiCounts) {
  FakeClient fake;
  fake.transport->add(200, counted_page(R"({"id":"1"})", "412"));
  EXPECT_EQ(fake.client.sources().list().total(), 412);
  EXPECT_EQ(fake.target(), "/sources?pagination.count=1");
  fake.transport->add(200, page_of({}));
  EXPECT_EQ(fake.client.sources().list().total(), std::nullopt) << "the API does not count it";
}

TEST(TheTotalOfAList, ComesFromAPageThatWasAlreadyFetched) {
  FakeClient fake;
  fake.transport->add(200, counted_page(R"({"id":"1"})", "1"));
  auto list = fake.client.sources().list();
  (void)list.begin();
  EXPECT_EQ(list.total(), 1);
  EXPECT_EQ(fake.sent(), 1U);
}

TEST(TheTotalOfAList, IsReadFromPagesWithNumericCursorsToo) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"filters":[],"pagination":{"next":1,"totalEntries":7}}})");
  EXPECT_EQ(fake.client.space_filters().list({.integration_id = SpaceId("s")}).total(), 7);
}

// Labels have no pages.
static_assert(std::is_same_v<decltype(std::declval<Client>().labels().list()), List<Page<Label>>>);

constexpr auto two_labels =
    R"({"data":{"labels":[{"key":"a","value":"1"},{"key":"b","value":"2"}]}})";

TEST(AListWithoutPages, IsAListLikeAnyOther) {
  FakeClient fake;
  fake.transport->add(200, two_labels);
  auto labels = fake.client.labels().list();
  EXPECT_EQ(fake.sent(), 0U);
  EXPECT_EQ(labels.front()->key, "a");
  EXPECT_EQ(labels.to_vector().size(), 2U);
  EXPECT_EQ(labels.begin(), labels.end());
  EXPECT_EQ(fake.target(), "/labels");
  EXPECT_EQ(fake.sent(), 1U) << "peeking at it sends no request";
}

TEST(AListWithoutPages, HasNoCursorAndNoTotal) {
  FakeClient fake;
  fake.transport->add(200, two_labels);
  auto labels = fake.client.labels().list();
  EXPECT_EQ(labels.total(), std::nullopt);
  EXPECT_EQ(fake.sent(), 0U);
  EXPECT_EQ(labels.to_vector(1).size(), 1U);
  EXPECT_EQ(labels.cursor(), std::nullopt);
}

TEST(AListWithoutPages, IsRequestedAgainAfterAnError) {
  FakeClient fake;
  fake.transport->add(403, "").add(200, two_labels);
  auto labels = fake.client.labels().list();
  thrown<PermissionDeniedError>([&] { (void)labels.to_vector(); });
  EXPECT_EQ(labels.to_vector().size(), 2U);
}

TEST(AListOfPages, StartsWithTheItemsThatWereNotReadYet) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2", "3"}, R"("b")")).add(200, page_of({"4"}));
  auto list = fake.client.sources().list();
  auto item = list.begin();
  ++item;
  Ids ids;
  for (const auto& page : std::move(list).pages()) {
    for (const Source& source : page.items) ids.push_back(source.id.text());
  }
  EXPECT_EQ(ids, (Ids{"2", "3", "4"}));
}

}  // namespace
}  // namespace segment::testing
