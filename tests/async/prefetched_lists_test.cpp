// Lists that ask for a page ahead of their reader.
#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "asynchronous_client.hpp"
#include "held_transport.hpp"
#include "segment/async.hpp"
#include "support/answers.hpp"
#include "support/fake_client.hpp"
#include "support/gate.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {
namespace {

using testing::HeldTransport;

TEST(APrefetchedList, TellsOfItsAnswersOnTheThreadThatReads) {
  LoopbackServer server;
  server.next(answer(200, R"({"data":{"sources":[{"id":"1"}],"pagination":{"next":"b"}}})"))
      .next(answer(200, R"({"data":{"sources":[{"id":"2"}],"pagination":{"current":"b"}}})"));
  const Client client = client_of(server);
  std::vector<std::thread::id> told_on;
  auto list =
      client.sources()
          .list({},
                {.on_response =
                     [&](const http::Response&) { told_on.push_back(std::this_thread::get_id()); }})
          .prefetch();
  auto at = list.begin();
  ASSERT_TRUE(server.wait_for_requests(2));
  EXPECT_EQ(told_on.size(), 1U) << "of the page ahead when the reader gets there";
  ++at;
  EXPECT_EQ(told_on, std::vector(2, std::this_thread::get_id()));
}

TEST(APrefetchedList, TellsOfNothingWhenItIsGone) {
  auto transport = std::make_shared<HeldTransport>();
  const Client client(
      {.token = Token("x"), .transport = transport, .rate_limiter = RateLimiter::unlimited()});
  std::atomic<int> told = 0;
  {
    auto list = client.sources()
                    .list({}, {.on_response = [&](const http::Response&) { ++told; }})
                    .prefetch();
    const std::jthread answering([&] {
      transport->answer(200, R"({"data":{"sources":[{"id":"1"}],"pagination":{"next":"b"}}})");
    });
    EXPECT_EQ(list.begin()->id.text(), "1");
    ASSERT_TRUE(transport->wait_for_held(1));
  }
  EXPECT_EQ(told, 1);
  transport->answer(200, R"({"data":{"sources":[{"id":"2"}],"pagination":{"current":"b"}}})");
  EXPECT_EQ(told, 1);
}

TEST(APrefetchedList, CancelsThePageAheadWhenItIsDropped) {
  Gate gate;  // never opened: the page ahead would come never
  LoopbackServer server;
  server.next(answer(200, R"({"data":{"sources":[],"pagination":{"current":"a","next":"b"}}})"))
      .next(answer(200, R"({"data":{"sources":[{"id":"1"}],"pagination":{"next":"c"}}})"))
      .always(after(gate, answer()));
  const Client client = client_of(server);
  {
    auto list = client.sources().list().prefetch();
    EXPECT_EQ(list.begin()->id.text(), "1");
    ASSERT_TRUE(server.wait_for_requests(3));
  }
}

}  // namespace
}  // namespace segment::test
