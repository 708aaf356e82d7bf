// Many calls, threads and clients at once, over real sockets: each call gets its own response, and
// all resources are released.
#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "segment/api/sources.hpp"
#include "segment/async_client.hpp"
#include "segment/rate_limiter.hpp"
#include "support/entries.hpp"
#include "support/loopback_server.hpp"
#include "support/patience.hpp"

namespace segment::test {
namespace {

/// A server that responds to each request for a source with the source of that id.
class ManyAtOnce : public ::testing::Test {
 protected:
  ManyAtOnce() {
    server_->always(depending_on_request([](const Received& request) {
      const std::string id = request.target.substr(request.target.rfind('/') + 1);
      return respond(200, R"({"data":{"source":{"id":")" + id + "\"}}}");
    }));
  }

  [[nodiscard]] ClientOptions options() const {
    return {.token = Token("of-the-tests"),
            .base_url = server_->url(""),
            // None, because on a busy machine so many threads may wait long.
            .timeouts = {.connect = {}, .per_attempt = {}, .call = {}, .stall = {}},
            .curl = {.proxy = "none"},
            .rate_limiter = RateLimiter::unlimited()};
  }

  static SourceId id(std::size_t number) { return SourceId("s" + std::to_string(number)); }

  std::unique_ptr<LoopbackServer> server_ = std::make_unique<LoopbackServer>();
};

TEST_F(ManyAtOnce, TenThousandCallsEachGetTheirOwnResponse) {
  constexpr std::size_t count = 10'000;
  const Client client(options());
  std::vector<Task<SourceDetails>> tasks;
  tasks.reserve(count);
  for (std::size_t i = 0; i < count; ++i) tasks.push_back(client.async().sources().get(id(i)));
  for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(tasks[i].get().id, id(i));
  EXPECT_LE(server_->connections(), 32) << "no more are open at a time, and none broke";
}

TEST_F(ManyAtOnce, TwoHundredAndFiftySixThreadsShareAClient) {
  constexpr std::size_t threads_at_once = 256;
  const Client client(options());
  std::atomic<std::size_t> right = 0;
  {
    std::vector<std::jthread> threads;
    threads.reserve(threads_at_once);
    for (std::size_t thread = 0; thread < threads_at_once; ++thread) {
      threads.emplace_back([&, thread] {
        for (std::size_t i = 0; i < 4; ++i) {
          const SourceId own = id(4 * thread + i);
          right += client.sources().get(own).id == own ? 1 : 0;
        }
      });
    }
  }
  EXPECT_EQ(right, 4 * threads_at_once);
}

TEST_F(ManyAtOnce, SixtyFourClientsReleaseTheirThreadsAndDescriptors) {
  if (threads().empty()) GTEST_SKIP() << "threads cannot be counted here";
  const auto run = [this] {
    std::vector<Client> clients;
    std::vector<Task<SourceDetails>> tasks;
    for (std::size_t i = 0; i < 64; ++i) {
      clients.emplace_back(options());
      EXPECT_EQ(clients.back().sources().get(id(i)).id, id(i));
      for (std::size_t k = 0; k < 4; ++k) {
        tasks.push_back(clients.back().async().sources().get(id(64 * k + i)));
      }
    }
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      EXPECT_EQ(tasks[i].get().id, id(64 * (i % 4) + i / 4));
    }
  };
  const std::size_t threads_before = threads().size();
  const std::size_t descriptors_before = descriptors().size();
  run();
  server_.reset();  // its threads and descriptors are not the clients'
  // The system may list a thread for a moment after it was joined.
  EXPECT_TRUE(eventually([&] { return threads().size() <= threads_before; })) << threads().size();
  EXPECT_LE(descriptors().size(), descriptors_before);
}

}  // namespace
}  // namespace segment::test
