// Asynchronous lists, and lists that are fetched a page ahead.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "../call/pages.hpp"
#include "held_transport.hpp"
#include "segment/async.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using Ids = std::vector<string>;

Task<Ids> walk(AsyncList<Page<Source>> list) {
  Ids ids;
  while (const Source* source = co_await list.next()) ids.push_back(source->id.text());
  co_return ids;
}

Task<Ids> walk_as_range(AsyncList<Page<Source>> list) {
  Ids ids;
  for (auto at = co_await list.begin(); at != list.end(); co_await ++at) {
    ids.push_back(at->id.text());
  }
  co_return ids;
}

Task<Ids> walk_pages(AsyncPages<Page<Source>> pages) {
  Ids ids;
  while (!pages.is_done()) {
    const Page<Source> page = co_await pages.next();
    ids.push_back(std::to_string(page.items.size()));
  }
  co_return ids;
}

struct ThreePages : FakeClient {
  ThreePages() {
    transport->add(200, page_of({"1", "2"}, "\"b\""))
        .add(200, page_of({}, "\"c\""))
        .add(200, page_of({"3"}));
  }
};

TEST(AnAsynchronousList, YieldsEveryItemOfEveryPage) {
  ThreePages fake;
  EXPECT_EQ(walk(fake.client.async().sources().list()).get(), (Ids{"1", "2", "3"}));
  EXPECT_EQ(fake.sent(), 3U);
  EXPECT_TRUE(contains(fake.target(), "cursor=c")) << fake.target();
}

TEST(AnAsynchronousList, IsARange) {
  ThreePages fake;
  EXPECT_EQ(walk_as_range(fake.client.async().sources().list()).get(), (Ids{"1", "2", "3"}));
}

TEST(AnAsynchronousList, CanBeReadPageByPage) {
  ThreePages fake;
  EXPECT_EQ(walk_pages(fake.client.async().sources().list().pages()).get(), (Ids{"2", "0", "1"}));
}

TEST(AnAsynchronousList, MayBeEmpty) {
  FakeClient fake;
  fake.transport->add(200, page_of({}));
  EXPECT_EQ(walk(fake.client.async().sources().list()).get(), Ids{});
}

TEST(AnAsynchronousList, RequestsNoPageBeforeItIsNeeded) {
  ThreePages fake;
  auto list = fake.client.async().sources().list();
  EXPECT_EQ(fake.sent(), 0U);
  [](AsyncList<Page<Source>>& sources) -> Task<void> {
    (void)co_await sources.next();
    (void)co_await sources.next();
  }(list)
                                              .get();
  EXPECT_EQ(fake.sent(), 1U);
}

TEST(AnAsynchronousList, IsNeverEndedEarlyByAnError) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, "\"b\"")).add(403, "").add(403, "");
  auto list = fake.client.async().sources().list();
  const auto next = [&list]() -> Task<bool> { co_return co_await list.next() != nullptr; };
  EXPECT_TRUE(next().get());
  thrown<PermissionDeniedError>([&] { (void)next().get(); });
  thrown<PermissionDeniedError>([&] { (void)next().get(); });
}

TEST(AnAsynchronousList, ContinuesWithThePageThatFailed) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, "\"b\"")).add(403, "").add(200, page_of({"2"}));
  auto pages = fake.client.async().sources().list().pages();
  EXPECT_EQ(pages.cursor(), std::nullopt);
  (void)pages.next().get();
  EXPECT_EQ(pages.cursor(), "b");
  thrown<PermissionDeniedError>([&] { (void)pages.next().get(); });
  EXPECT_FALSE(pages.is_done());
  EXPECT_EQ(pages.cursor(), "b");
  EXPECT_EQ(pages.next().get().items.at(0).id.text(), "2");
  EXPECT_TRUE(pages.is_done());
  EXPECT_EQ(fake.transport->requests().at(2).url, fake.transport->requests().at(1).url);
}

TEST(AnAsynchronousList, ReportsTheCursorOfThePageInFlight) {
  auto transport = std::make_shared<HeldTransport>();
  const Client client({.token = Token("x"), .transport = transport});
  auto pages = client.async().sources().list({.cursor = "a"}).pages();
  auto page = pages.next();
  EXPECT_EQ(pages.cursor(), "a");
  transport->respond(200, page_of({"1"}, "\"b\""));
  (void)page.get();
  EXPECT_EQ(pages.cursor(), "b");
}

TEST(AnAsynchronousList, ReportsARepeatedCursor) {
  FakeClient fake;
  fake.transport->respond_with(again_and_again(page_of({"1"}, "\"a\"")));
  auto pages = fake.client.async().sources().list().pages();
  (void)pages.next().get();
  (void)pages.next().get();
  thrown<DecodeError>([&] { (void)pages.next().get(); });
  thrown<DecodeError>([&] { (void)pages.next().get(); });
  EXPECT_TRUE(pages.is_done());
  EXPECT_EQ(fake.sent(), 2U);
}

TEST(AnAsynchronousList, CannotBeReadPastItsEndOrTwiceAtOnce) {
  auto transport = std::make_shared<HeldTransport>();
  const Client client({.token = Token("x"), .transport = transport});
  auto pages = client.async().sources().list().pages();
  auto first = pages.next();
  thrown<InvalidArgumentError>([&] { (void)pages.next().get(); });
  transport->respond(200, page_of({"1"}));
  EXPECT_EQ(first.get().items.size(), 1U);
  EXPECT_TRUE(pages.is_done());
  thrown<InvalidArgumentError>([&] { (void)pages.next().get(); });
}

TEST(AnAsynchronousList, ReportsInvalidInput) {
  FakeClient fake;
  auto pages = fake.client.async().sources().list_connected_destinations(SourceId("")).pages();
  EXPECT_FALSE(pages.is_done());
  thrown<InvalidArgumentError>([&] { (void)pages.next().get(); });
  EXPECT_TRUE(pages.is_done());
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(AnAsynchronousList, MayBeDroppedWhileAPageIsInFlight) {
  auto transport = std::make_shared<HeldTransport>();
  std::vector<bool> ended_well;
  {
    const Client client(
        {.token = Token("x"), .transport = transport, .on_event = [&](const CallEvent& event) {
           if (event.kind == CallEvent::Kind::call_ended) ended_well.push_back(event.ok);
         }});
    {
      auto pages = client.async().sources().list().pages();
      EXPECT_FALSE(pages.next().is_done());
    }
    EXPECT_EQ(ended_well, std::vector<bool>{}) << "dropping the list does not end the call";
    transport->respond(200, page_of({"1"}, "\"b\""));
  }
  EXPECT_EQ(ended_well, std::vector<bool>{true});
  EXPECT_EQ(transport->urls().size(), 1U) << "the page after it is not requested";
}

TEST(AnAsynchronousList, ThatWasMovedFromSaysSo) {
  ThreePages fake;
  auto list = fake.client.async().sources().list();
  auto other = std::move(list);
  EXPECT_THROW((void)list.next(), std::logic_error);
  EXPECT_THROW((void)list.begin(), std::logic_error);
  EXPECT_THROW((void)std::move(list).pages(), std::logic_error);
  auto pages = std::move(other).pages();
  EXPECT_THROW((void)other.next(), std::logic_error);
  auto moved = std::move(pages);
  EXPECT_THROW((void)pages.next(), std::logic_error);
  EXPECT_THROW((void)pages.is_done(), std::logic_error);
  EXPECT_EQ(moved.next().get().items.size(), 2U);
}

// A page ahead ------------------------------------------------------------------------------------

TEST(APrefetchedList, YieldsTheSameItems) {
  ThreePages fake;
  EXPECT_EQ(ids_of(fake.client.sources().list().prefetch()), (Ids{"1", "2", "3"}));
  EXPECT_EQ(fake.sent(), 3U);
}

TEST(APrefetchedList, FetchesOnePageAheadOfItsReaderAndNoMore) {
  FakeClient fake;
  fake.transport->respond_with([n = 0](const http::Request&) mutable -> http::Outcome {
    ++n;
    return http::Response{200, {}, page_of({"a", "b"}, "\"" + std::to_string(n) + "\"")};
  });
  auto list = fake.client.sources().list().prefetch();
  EXPECT_EQ(fake.sent(), 0U) << "nothing before the iteration starts";
  auto at = list.begin();
  EXPECT_EQ(fake.sent(), 2U);
  ++at;
  EXPECT_EQ(fake.sent(), 2U);
  ++at;
  EXPECT_EQ(fake.sent(), 3U);
}

TEST(AList, IsNotPrefetchedUnlessRequested) {
  ThreePages fake;
  auto list = fake.client.sources().list();
  (void)list.begin();
  EXPECT_EQ(fake.sent(), 1U);
}

TEST(APrefetchedList, ThrowsAnErrorOfThePageAheadWhenTheReaderGetsThere) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, "\"b\"")).add(403, "");
  auto list = fake.client.sources().list().prefetch();
  auto at = list.begin();
  EXPECT_EQ(at->id.text(), "1");
  EXPECT_EQ(fake.sent(), 2U);
  thrown<PermissionDeniedError>([&] { ++at; });
}

TEST(APrefetchedList, ContinuesWithThePageThatFailed) {
  FakeClient fake;
  fake.transport->add(200, page_of({"1"}, "\"b\""))
      .add(403, "")
      .add(403, "")
      .add(200, page_of({"2"}, "\"c\""))
      .add(200, page_of({"3"}));
  auto list = fake.client.sources().list().prefetch();
  thrown<PermissionDeniedError>([&] { (void)ids_of(list); });
  EXPECT_EQ(list.cursor(), "b");
  thrown<PermissionDeniedError>([&] { (void)ids_of(list); });
  EXPECT_EQ(ids_of(list), (Ids{"2", "3"}));
  const auto requests = fake.transport->requests();
  EXPECT_EQ(requests.at(2).url, requests.at(1).url);
  EXPECT_EQ(requests.at(3).url, requests.at(1).url);
}

TEST(APrefetchedList, ReportsTheCursorOfItsReaderNotOfThePageAhead) {
  ThreePages fake;
  auto list = fake.client.sources().list().prefetch();
  EXPECT_EQ(list.cursor(), std::nullopt);
  (void)list.begin();
  EXPECT_EQ(fake.sent(), 2U);
  EXPECT_EQ(list.cursor(), "b");
}

TEST(APrefetchedList, ReportsARepeatedCursor) {
  FakeClient fake;
  fake.transport->respond_with(again_and_again(page_of({"1"}, "\"a\"")));
  Ids ids;
  thrown<DecodeError>([&] {
    for (const Source& source : fake.client.sources().list().prefetch()) {
      ids.push_back(source.id.text());
    }
  });
  EXPECT_EQ(ids, (Ids{"1", "1"}));
}

TEST(APrefetchedList, CanBeReadPageByPageToo) {
  ThreePages fake;
  std::size_t pages = 0;
  for (const auto& page : fake.client.sources().list().prefetch().pages()) {
    pages += page.items.size() < 3 ? 1 : 0;
  }
  EXPECT_EQ(pages, 3U);
}

TEST(APrefetchedList, EndsOnAStopRequest) {
  FakeClient fake;
  std::stop_source source;
  fake.transport->respond_with(again_and_again(page_of({"1"}, "\"a\"")));
  auto list = fake.client.sources().list({}, {.stop = source.get_token()}).prefetch();
  source.request_stop();
  thrown<CancelledError>([&] { (void)list.begin(); });
}

TEST(APrefetchedList, ReleasesThePageAheadWhenItIsDropped) {
  auto transport = std::make_shared<HeldTransport>();
  const Client client({.token = Token("x"), .transport = transport});
  std::jthread server([&] { transport->respond(200, page_of({"1"}, "\"b\"")); });
  {
    auto list = client.sources().list().prefetch();
    EXPECT_EQ(list.begin()->id.text(), "1");
    ASSERT_TRUE(transport->wait_for_held(1));
  }
  transport->respond(200, page_of({"2"}));  // the list is gone
}

}  // namespace
}  // namespace segment::testing
