// An error on a page is thrown where the page is requested: an error never looks like the end, and
// the list continues from there.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "call/pages.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using namespace std::chrono_literals;
using Ids = std::vector<string>;

TEST(AnErrorOnPageTwo, IsThrownFromTheLoopOverItems) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")")).add(403, "");
  auto list = fake.client.sources().list();
  Ids seen;
  const auto error = thrown<PermissionDeniedError>([&] {
    for (const Source& source : list) seen.push_back(source.id.text());
  });
  EXPECT_EQ(error.operation(), "listSources");
  EXPECT_EQ(seen, (Ids{"1", "2"}));
  EXPECT_EQ(fake.sent(), 2U);
}

TEST(AnErrorOnPageTwo, IsThrownFromTheLoopOverPages) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, R"("b")")).add(200, "<html>").add(200, page_of({"3"}));
  auto pages = fake.client.sources().list().pages();
  auto page = pages.begin();
  EXPECT_EQ(page->items.size(), 1U);
  thrown<DecodeError>([&] { ++page; });
  EXPECT_EQ(page, pages.end());
  EXPECT_EQ(pages.begin()->items.at(0).id, SourceId("3")) << "in place of the one that failed";
  EXPECT_EQ(fake.sent(), 3U);
}

TEST(AnErrorOnTheFirstPage, IsThrownFromBeginEachTime) {
  FakeClient fake;
  fake.transport->add(401, "").add(401, "").add(200, page_of({"1"}));
  auto list = fake.client.sources().list();
  thrown<AuthenticationError>([&] { (void)list.begin(); });
  thrown<AuthenticationError>([&] { (void)list.begin(); });
  EXPECT_EQ(ids_of(list), Ids{"1"});
}

TEST(AListThatFailed, ContinuesWithTheSamePage) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")"))
      .add(403, "")
      .add(403, "")
      .add(200, page_of({"3"}, R"("c")"))
      .add(200, page_of({"4"}));
  auto list = fake.client.sources().list();
  Ids seen;
  const auto continue_list = [&] {
    for (const Source& source : list) seen.push_back(source.id.text());
  };
  thrown<PermissionDeniedError>(continue_list);
  thrown<PermissionDeniedError>(continue_list);
  continue_list();
  EXPECT_EQ(seen, (Ids{"1", "2", "3", "4"}));
  const auto requests = fake.transport->requests();
  ASSERT_EQ(requests.size(), 5U);
  EXPECT_EQ(requests[2].url, requests[1].url);
  EXPECT_EQ(requests[3].url, requests[1].url);
}

TEST(AListThatFailed, IsCountedAsAWholeWhenItContinues) {
  FakeClient fake({.short_lists = ShortLists::refuse});
  const auto page = [](const string& items, const string& next) {
    return R"({"data":{"sources":[)" + items + R"(],"pagination":{"totalEntries":2,"next":)" +
           next + "}}}";
  };
  fake.transport->add(200, page(R"({"id":"1"})", R"("b")"))
      .add(403, "")
      .add(200, page(R"({"id":"2"})", "null"));
  auto list = fake.client.sources().list();
  EXPECT_THROW((void)ids_of(list), PermissionDeniedError);
  EXPECT_EQ(ids_of(list), Ids{"2"});
}

TEST(AListThatFailed, ReportsItsCursorSoThatAnotherProcessCanContinue) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, R"("b")")).add(403, "").add(200, page_of({"2"}));
  std::optional<string> cursor;
  {
    auto list = fake.client.sources().list({.count = 1});
    EXPECT_EQ(list.cursor(), std::nullopt) << "at its start";
    EXPECT_THROW((void)ids_of(list), PermissionDeniedError);
    cursor = list.cursor();
  }
  EXPECT_EQ(cursor, "b");
  auto list = fake.client.sources().list({.count = 1, .cursor = cursor});
  EXPECT_EQ(list.cursor(), "b");
  EXPECT_EQ(ids_of(list), Ids{"2"});
  EXPECT_EQ(list.cursor(), std::nullopt) << "at its end";
  EXPECT_EQ(fake.target(), "/sources?pagination.count=1&pagination.cursor=b");
}

TEST(AListThatFailed, ReportsANumberIfItsCursorsAreNumbers) {
  FakeClient fake;
  fake.transport->add(200, R"({"data":{"filters":[{"id":"1"}],"pagination":{"next":10}}})")
      .add(403, "")
      .add(200, R"({"data":{"filters":[{"id":"2"}],"pagination":{"current":10}}})");
  auto list = fake.client.space_filters().list({.integration_id = SpaceId("s")});
  EXPECT_THROW((void)ids_of(list), PermissionDeniedError);
  const std::optional<std::int64_t> cursor = list.cursor();
  EXPECT_EQ(cursor, 10);
  EXPECT_EQ(
      ids_of(fake.client.space_filters().list({.integration_id = SpaceId("s"), .cursor = cursor})),
      Ids{"2"});
  EXPECT_TRUE(contains(fake.target(), "pagination.cursor=10")) << fake.target();
}

TEST(AListWithNumericCursors, EndsAtTheCursorZero) {
  FakeClient fake;
  fake.transport->add(200,
                      R"({"data":{"filters":[{"id":"1"}],"pagination":{"current":0,"next":0}}})");
  auto list = fake.client.space_filters().list({.integration_id = SpaceId("s")});
  EXPECT_EQ(ids_of(list), Ids{"1"});
  EXPECT_EQ(fake.sent(), 1U);
}

TEST(AListOfPages, ReportsTheCursorOfTheNextPage) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, R"("b")")).add(200, page_of({"2"}));
  auto pages = fake.client.sources().list().pages();
  auto page = pages.begin();
  EXPECT_EQ(pages.cursor(), "b");
  ++page;
  EXPECT_EQ(pages.cursor(), std::nullopt);
}

TEST(APage, IsRetriedLikeAnyCall) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, R"("b")"))
      .add(broken())
      .add(503, "")
      .add(200, page_of({"2"}));
  EXPECT_EQ(ids_of(fake.client.sources().list()), (Ids{"1", "2"}));
  EXPECT_EQ(fake.sent(), 4U);
}

TEST(ARepeatedCursor, IsAnErrorImmediately) {
  FakeClient fake;
  fake.transport->respond_with(again_and_again(page_of({"x"}, R"("b")")));
  const auto error = thrown<DecodeError>([&] { (void)ids_of(fake.client.sources().list()); });
  EXPECT_EQ(error.operation(), "listSources");
  EXPECT_TRUE(contains(error.what(), "cursor")) << error.what();
  EXPECT_EQ(fake.sent(), 2U);
}

TEST(ARepeatedCursor, IsReportedEachTimeAndNeverFollowed) {
  FakeClient fake;
  fake.transport->respond_with(again_and_again(page_of({"x"}, R"("b")")));
  auto list = fake.client.sources().list();
  EXPECT_THROW((void)ids_of(list), DecodeError);
  EXPECT_THROW((void)list.begin(), DecodeError);
  EXPECT_THROW((void)list.to_vector(), DecodeError);
  EXPECT_EQ(fake.sent(), 2U);
}

TEST(ARepeatedCursor, AfterSomePagesIsAnErrorToo) {
  FakeClient fake;
  for (const char* next : {R"("b")", R"("c")", R"("d")", R"("b")"}) {
    fake.transport->add(200, page_of({"x"}, next));
  }
  fake.transport->respond_with([](const auto&) { return http::Response{200, {}, page_of({})}; });
  EXPECT_THROW((void)ids_of(fake.client.sources().list()), DecodeError);
  EXPECT_EQ(fake.sent(), 4U);
}

TEST(ARepeatedCursor, MayBeTheOneThatTheListStartedAt) {
  FakeClient fake;
  fake.transport->respond_with(again_and_again(page_of({"x"}, R"("b")")));
  EXPECT_THROW((void)ids_of(fake.client.sources().list({.cursor = "b"})), DecodeError);
  EXPECT_EQ(fake.sent(), 1U);
}

TEST(ARepeatedCursor, EndsAnEndlessListOfEmptyPages) {
  FakeClient fake;
  fake.transport->respond_with(again_and_again(page_of({}, R"("b")")));
  auto list = fake.client.sources().list();
  EXPECT_THROW((void)list.begin(), DecodeError);
}

TEST(ADeadline, AppliesToAllPages) {
  FakeClient fake;
  fake.transport->respond_with([&, n = 0](const auto&) mutable {
    fake.clock->advance(4s);
    ++n;
    return http::Response{200, {}, page_of({"x"}, n < 20 ? "\"" + std::to_string(n) + "\"" : "")};
  });
  Ids seen;
  thrown<TimeoutError>([&] {
    for (const Source& source :
         fake.client.sources().list({}, {.deadline = fake.clock->now() + 10s})) {
      seen.push_back(source.id.text());
    }
  });
  EXPECT_EQ(seen.size(), 3U);
  EXPECT_EQ(fake.sent(), 3U);
  EXPECT_EQ(fake.transport->last_request().limits.attempt_timeout, 2s);
}

TEST(ATimeout, AppliesToEachPage) {
  FakeClient fake;
  fake.transport->respond_with([&, n = 0](const auto&) mutable {
    fake.clock->advance(4s);
    ++n;
    return http::Response{200, {}, page_of({"x"}, n < 5 ? "\"" + std::to_string(n) + "\"" : "")};
  });
  EXPECT_EQ(ids_of(fake.client.sources().list({}, {.timeout = 5s})).size(), 5U);
}

}  // namespace
}  // namespace segment::testing
