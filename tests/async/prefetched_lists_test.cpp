// Lists that request a page ahead of their reader.
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
#include "support/fake_client.hpp"
#include "support/gate.hpp"
#include "support/loopback_server.hpp"
#include "support/responses.hpp"

namespace segment::test {
namespace {

using testing::HeldTransport;

TEST(APrefetchedList, ReportsItsResponsesOnTheReadersThread) {
  LoopbackServer server;
  server.next(respond(200, R"({"data":{"sources":[{"id":"1"}],"pagination":{"next":"b"}}})"))
      .next(respond(200, R"({"data":{"sources":[{"id":"2"}],"pagination":{"current":"b"}}})"));
  const Client client = client_of(server);
  std::vector<std::thread::id> seen_on;
  auto list =
      client.sources()
          .list({},
                {.on_response =
                     [&](const http::Response&) { seen_on.push_back(std::this_thread::get_id()); }})
          .prefetch();
  auto at = list.begin();
  ASSERT_TRUE(server.wait_for_requests(2));
  EXPECT_EQ(seen_on.size(), 1U) << "the page ahead is reported when the reader gets there";
  ++at;
  EXPECT_EQ(seen_on, std::vector(2, std::this_thread::get_id()));
}

TEST(APrefetchedList, ReportsNothingAfterItIsDestroyed) {
  auto transport = std::make_shared<HeldTransport>();
  const Client client(
      {.token = Token("x"), .transport = transport, .rate_limiter = RateLimiter::unlimited()});
  std::atomic<int> reported = 0;
  {
    auto list = client.sources()
                    .list({}, {.on_response = [&](const http::Response&) { ++reported; }})
                    .prefetch();
    const std::jthread answering([&] {
      transport->respond(200, R"({"data":{"sources":[{"id":"1"}],"pagination":{"next":"b"}}})");
    });
    EXPECT_EQ(list.begin()->id.text(), "1");
    ASSERT_TRUE(transport->wait_for_held(1));
  }
  EXPECT_EQ(reported, 1);
  transport->respond(200, R"({"data":{"sources":[{"id":"2"}],"pagination":{"current":"b"}}})");
  EXPECT_EQ(reported, 1);
}

TEST(APrefetchedList, CancelsThePageAheadWhenItIsDropped) {
  auto transport = std::make_shared<HeldTransport>();
  const Client client(
      {.token = Token("x"), .transport = transport, .rate_limiter = RateLimiter::unlimited()});
  {
    auto list = client.sources().list().prefetch();
    const std::jthread answering([&] {
      transport->respond(200, R"({"data":{"sources":[{"id":"1"}],"pagination":{"next":"b"}}})");
    });
    EXPECT_EQ(list.begin()->id.text(), "1");
    ASSERT_TRUE(transport->wait_for_held(1));
    EXPECT_FALSE(transport->is_stopped());
  }
  EXPECT_TRUE(transport->is_stopped());
  transport->respond(http::Failure{http::FailureKind::cancelled});
}

}  // namespace
}  // namespace segment::test
