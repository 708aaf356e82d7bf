// What goes wrong on a page is thrown from the walk: an error never looks like the end.
#include <gtest/gtest.h>

#include <chrono>

#include "call/pages.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using namespace std::chrono_literals;
using Ids = std::vector<string>;

TEST(AnErrorOnThePageTwo, IsThrownFromTheWalkAndFromEachLaterBeginning) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1", "2"}, R"("b")")).add(403, "").add(200, page_of({"3"}));
  auto list = fake.client.sources().list();
  Ids seen;
  const auto error = thrown<PermissionDeniedError>([&] {
    for (const Source& source : list) seen.push_back(source.id.text());
  });
  EXPECT_EQ(error.operation(), "listSources");
  EXPECT_EQ(seen, (Ids{"1", "2"}));
  thrown<PermissionDeniedError>([&] { (void)list.begin(); });
  EXPECT_EQ(fake.sent(), 2U) << "nothing is sent after the error";
}

TEST(AnErrorOnThePageTwo, IsThrownFromAWalkOverPages) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, R"("b")")).add(200, "<html>").add(200, page_of({"3"}));
  auto pages = fake.client.sources().list().pages();
  auto page = pages.begin();
  EXPECT_EQ(page->items.size(), 1U);
  thrown<DecodeError>([&] { ++page; });
  EXPECT_EQ(page, pages.end());
  thrown<DecodeError>([&] { (void)pages.begin(); });
  EXPECT_EQ(fake.sent(), 2U);
}

TEST(AnErrorOnTheFirstPage, IsThrownFromBegin) {
  FakeClient fake;
  fake.transport->add(401, "");
  auto list = fake.client.sources().list();
  thrown<AuthenticationError>([&] { (void)list.begin(); });
  thrown<AuthenticationError>([&] { (void)list.begin(); });
  EXPECT_EQ(fake.sent(), 1U);
}

TEST(APage, IsAskedForAgainLikeAnyCall) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, R"("b")"))
      .add(broken())
      .add(503, "")
      .add(200, page_of({"2"}));
  EXPECT_EQ(ids_of(fake.client.sources().list()), (Ids{"1", "2"}));
  EXPECT_EQ(fake.sent(), 4U);
}

TEST(ACursorThatComesBack, IsAnErrorAtOnce) {
  FakeClient fake;
  fake.transport->respond_with(again_and_again(page_of({"x"}, R"("b")")));
  const auto error = thrown<DecodeError>([&] { (void)ids_of(fake.client.sources().list()); });
  EXPECT_EQ(error.operation(), "listSources");
  EXPECT_TRUE(contains(error.what(), "cursor")) << error.what();
  EXPECT_EQ(fake.sent(), 2U);
}

TEST(ACursorThatComesBack, AfterSomePagesIsAnErrorToo) {
  FakeClient fake;
  for (const char* next : {R"("b")", R"("c")", R"("d")", R"("b")"}) {
    fake.transport->add(200, page_of({"x"}, next));
  }
  fake.transport->respond_with([](const auto&) { return http::Response{200, {}, page_of({})}; });
  EXPECT_THROW((void)ids_of(fake.client.sources().list()), DecodeError);
  EXPECT_EQ(fake.sent(), 4U);
}

TEST(ACursorThatComesBack, IsAlsoTheOneThatTheWalkBeganAt) {
  FakeClient fake;
  fake.transport->respond_with(again_and_again(page_of({"x"}, R"("b")")));
  EXPECT_THROW((void)ids_of(fake.client.sources().list({.cursor = "b"})), DecodeError);
  EXPECT_EQ(fake.sent(), 1U);
}

TEST(ACursorThatComesBack, EndsAWalkOverEmptyPagesThatWouldNeverEnd) {
  FakeClient fake;
  fake.transport->respond_with(again_and_again(page_of({}, R"("b")")));
  auto list = fake.client.sources().list();
  EXPECT_THROW((void)list.begin(), DecodeError);
}

TEST(ADeadline, IsForAllPages) {
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

TEST(ATimeout, IsForEachPage) {
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
