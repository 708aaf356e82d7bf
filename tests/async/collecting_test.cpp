// An asynchronous list is collected, peeked at and counted, each as one task.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "../call/pages.hpp"
#include "segment/async.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using Ids = std::vector<string>;

TEST(AnAsynchronousListAsAVector, HasEveryItemOfEveryPage) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")"))
      .add(200, page_of({}, R"("c")"))
      .add(200, page_of({"3"}));
  EXPECT_EQ(ids_of(fake.client.async().sources().list().to_vector().get()), (Ids{"1", "2", "3"}));
}

TEST(AnAsynchronousListAsAVector, CanBeAwaitedInACoroutine) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, R"("b")")).add(200, page_of({"2"}));
  const auto count = [](AsyncClient async) -> Task<std::size_t> {
    const std::vector<Source> sources = co_await async.sources().list().to_vector();
    co_return sources.size();
  };
  EXPECT_EQ(count(fake.client.async()).get(), 2U);
}

TEST(AnAsynchronousListAsAVector, HasAtMostTheRequestedNumberAndFetchesNoMore) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")"));
  auto list = fake.client.async().sources().list();
  EXPECT_EQ(ids_of(list.to_vector(2).get()), (Ids{"1", "2"}));
  EXPECT_EQ(fake.target(), "/sources?pagination.count=2");
  EXPECT_EQ(fake.sent(), 1U);
}

TEST(AnAsynchronousListAsAVector, LosesNothingWhenAPageFails) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")")).add(403, "").add(200, page_of({"3"}));
  auto list = fake.client.async().sources().list();
  thrown<PermissionDeniedError>([&] { (void)list.to_vector().get(); });
  EXPECT_EQ(ids_of(list.to_vector().get()), (Ids{"1", "2", "3"}));
}

TEST(TheFrontOfAnAsynchronousList, IsItsFirstItemAndTheOnlyOneRequested) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, R"("b")")).add(200, page_of({}));
  EXPECT_EQ(fake.client.async().sources().list().front().get()->id, SourceId("1"));
  EXPECT_EQ(fake.target(), "/sources?pagination.count=1");
  EXPECT_EQ(fake.client.async().sources().list().front().get(), std::nullopt);
}

TEST(TheTotalOfAnAsynchronousList, IsWhatTheApiCounts) {
  FakeClient fake;
  fake.transport->add(
      200, R"({"data":{"sources":[{"id":"1"}],"pagination":{"next":"b","totalEntries":412}}})");
  EXPECT_EQ(fake.client.async().sources().list().total().get(), 412);
  EXPECT_EQ(fake.target(), "/sources?pagination.count=1");
}

TEST(AnAsynchronousListThatIsCollected, ReportsInvalidInput) {
  FakeClient fake;
  const auto list = [&] {
    return fake.client.async().sources().list_connected_destinations(SourceId(""));
  };
  thrown<InvalidArgumentError>([&] { (void)list().to_vector().get(); });
  thrown<InvalidArgumentError>([&] { (void)list().front().get(); });
  thrown<InvalidArgumentError>([&] { (void)list().total().get(); });
}

TEST(AnAsynchronousListOfPages, StartsWithTheItemsThatWereNotReadYet) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2", "3"}, R"("b")")).add(200, page_of({"4"}));
  auto list = fake.client.async().sources().list();
  [](AsyncList<Page<Source>>& sources) -> Task<void> { (void)co_await sources.next(); }(list).get();
  auto pages = std::move(list).pages();
  EXPECT_EQ(ids_of(pages.next().get().items), (Ids{"2", "3"}));
  EXPECT_FALSE(pages.is_done());
  EXPECT_EQ(ids_of(pages.next().get().items), Ids{"4"});
  EXPECT_TRUE(pages.is_done());
}

}  // namespace
}  // namespace segment::testing
