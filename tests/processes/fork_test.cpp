// A process that forks: parent and child each make their own calls and get their own responses.
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "segment/async.hpp"
#include "segment/trace_context.hpp"
#include "support/child.hpp"
#include "support/fake_client.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {
namespace {

using testing::a_workspace;

Client client_of(const LoopbackServer& server) {
  return Client({.token = Token("x"),
                 .base_url = server.url(""),
                 .curl = {.proxy = "none"},
                 .rate_limiter = RateLimiter::unlimited()});
}

/// Responds with the requested source.
Step the_requested_source() {
  return depending_on_request([](const Received& request) {
    const std::string id = request.target.substr(request.target.rfind('/') + 1);
    return respond(200, R"({"data":{"source":{"id":")" + id + R"("}}})");
  });
}

/// Whether many concurrent asynchronous calls each get the requested source.
bool gets_its_own(const Client& client, const std::string& name) {
  std::vector<Task<SourceDetails>> tasks;
  for (int i = 0; i < 100; ++i) {
    tasks.push_back(client.async().sources().get(SourceId(name + std::to_string(i)),
                                                 {.timeout = std::chrono::seconds(30)}));
  }
  bool all = true;
  for (int i = 0; i < 100; ++i) {
    all = tasks[static_cast<std::size_t>(i)].get().id.text() == name + std::to_string(i) && all;
  }
  return all;
}

class AForkedProcess : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!can_fork()) GTEST_SKIP() << "ThreadSanitizer does not let a forked child create threads";
  }
};

TEST_F(AForkedProcess, GetsTheResponsesToItsOwnAsynchronousCallsAndSoDoesItsParent) {
  LoopbackServer server;
  server.always(the_requested_source());
  const Client client = client_of(server);
  ASSERT_TRUE(gets_its_own(client, "before-"));
  const pid_t child = in_forked_child([&] { return gets_its_own(client, "child-"); });
  EXPECT_TRUE(gets_its_own(client, "parent-"));
  EXPECT_EQ(end_of(child), 0);
}

TEST_F(AForkedProcess, MakesCallsWhileThoseOfItsParentAreInFlight) {
  Gate gate;
  LoopbackServer server;
  server.next(after(gate, respond(200, std::string(a_workspace)))).always(the_requested_source());
  const Client client = client_of(server);
  auto of_parent = client.async().workspaces().get();
  ASSERT_TRUE(server.wait_for_requests(1));
  const pid_t child = in_forked_child([&] { return gets_its_own(client, "child-"); });
  EXPECT_EQ(end_of(child), 0);
  gate.open();
  EXPECT_EQ(of_parent.get().id.text(), "w1");
}

TEST_F(AForkedProcess, ReleasesTheClientWithoutWaitingForOrDisturbingItsParentsCalls) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, respond(200, std::string(a_workspace))));
  std::optional<Client> client = client_of(server);
  auto of_parent = client->async().workspaces().get();
  ASSERT_TRUE(server.wait_for_requests(1));
  const pid_t child = in_forked_child([&] {
    client.reset();
    return true;
  });
  EXPECT_EQ(end_of(child), 0);
  gate.open();
  EXPECT_EQ(of_parent.get().id.text(), "w1");
  EXPECT_EQ(client->async().workspaces().get().get().id.text(), "w1");
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(AForkedProcess, RefusesToWaitForATaskOfItsParent) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, respond(200, std::string(a_workspace))));
  const Client client = client_of(server);
  auto of_parent = client.async().workspaces().get();
  ASSERT_TRUE(server.wait_for_requests(1));
  const pid_t child = in_forked_child([&] {
    try {
      (void)of_parent.get();
    } catch (const std::logic_error&) {
      return true;
    }
    return false;
  });
  EXPECT_EQ(end_of(child), 0);
  gate.open();
  EXPECT_EQ(of_parent.get().id.text(), "w1");
}

TEST_F(AForkedProcess, StopsNoCallOfItsParent) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, respond(200, std::string(a_workspace))));
  const Client client = client_of(server);
  std::stop_source stop;
  auto of_parent = client.async().workspaces().get({.stop = stop.get_token()});
  ASSERT_TRUE(server.wait_for_requests(1));
  const pid_t child = in_forked_child([&] {
    stop.request_stop();
    return client.shutdown(std::chrono::steady_clock::now() + std::chrono::seconds(30));
  });
  EXPECT_EQ(end_of(child), 0) << "the child has no calls in flight";
  gate.open();
  EXPECT_EQ(of_parent.get().id.text(), "w1");
}

// No thread of the child will ever complete or return them.
TEST_F(AForkedProcess, DoesNotWaitForeverForPermitsThatItsParentHolds) {
  using std::chrono::seconds;
  const Operation limited{
      .id = "getThing", .group = "things", .rate_limit = {2, RatePeriod::minute}};
  const auto limiter = RateLimiter::create();
  const std::chrono::steady_clock::time_point now{std::chrono::hours{1}};
  std::vector<std::unique_ptr<RatePermit>> of_parent;
  for (int i = 0; i < 4; ++i) {  // two are granted, two are waiting
    of_parent.push_back(limiter->acquire(limited, 1, now));
    EXPECT_EQ(of_parent.back()->retry_at(now).has_value(), i >= 2);
  }
  const pid_t child = in_forked_child([&] {
    const auto permit = limiter->acquire(limited, 1, now);
    const bool counts_those_of_its_parent = permit->retry_at(now) == now + seconds{60};
    of_parent.clear();  // returns nothing: they are no longer the child's
    const bool still_counts = permit->retry_at(now + seconds{59}) == now + seconds{60};
    return counts_those_of_its_parent && still_counts && !permit->retry_at(now + seconds{60});
  });
  EXPECT_EQ(end_of(child), 0);
  of_parent[0]->complete(now);
  EXPECT_EQ(of_parent[2]->retry_at(now), now + seconds{60}) << "the parent's are as before";
}

// What the first call creates, and what all calls lock, is neither half created nor locked in a
// child.
TEST_F(AForkedProcess, MakesCallsAlthoughOtherThreadsOfItsParentWereMakingTheirFirst) {
  if (!can_fork_while_allocating()) GTEST_SKIP() << "its allocator may be locked in the child";
  LoopbackServer server;
  server.always(respond(200, R"({"data":{"label":{"key":"a","value":"b"},"sources":[]}})"));
  ClientOptions options{.token = Token("x"),
                        .base_url = server.url(""),
                        .curl = {.proxy = "none"},
                        .clock = std::make_shared<testing::ManualClock>()};
  send_traceparent(options, [](const CallEvent&) {
    return std::optional(
        TraceContext{.trace_id = std::string(32, 'a'), .span_id = std::string(16, 'b')});
  });
  const Client client(options);
  const auto create = [&client] {
    return client.labels().create({.label = Label{.key = "a", .value = "b"}}).key == "a" &&
           client.sources().list().to_vector().empty();
  };
  std::atomic<bool> over = false;
  std::atomic<int> wrong = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      while (!over) wrong += create() ? 0 : 1;
    });
  }
  for (int i = 0; i < 20; ++i) EXPECT_EQ(end_of(in_forked_child(create)), 0) << i;
  over = true;
  threads.clear();
  EXPECT_EQ(wrong, 0);
}

TEST_F(AForkedProcess, TakesPermitsAlthoughOtherThreadsOfItsParentWereTakingTheirs) {
  if (!can_fork_while_allocating()) GTEST_SKIP() << "its allocator may be locked in the child";
  const auto limiter = RateLimiter::create();
  const auto take = [&limiter] {
    return limiter->acquire(operations::labels::create, 1, {}) != nullptr;
  };
  std::atomic<bool> over = false;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      while (!over) (void)take();
    });
  }
  for (int i = 0; i < 50; ++i) EXPECT_EQ(end_of(in_forked_child(take)), 0) << i;
  over = true;
}

TEST_F(AForkedProcess, DrawsItsOwnBackoffs) {
  const auto clock = std::make_shared<testing::ManualClock>();
  const auto transport = std::make_shared<testing::FakeTransport>();
  transport->respond_with([](const http::Request&) { return http::Response{.status = 503}; });
  const Client client({.token = Token("x"),
                       .retry = {.max_attempts = 8, .initial_backoff = std::chrono::seconds(30)},
                       .transport = transport,
                       .rate_limiter = RateLimiter::unlimited(),
                       .clock = clock});
  const auto backoffs_of_a_call = [&] {
    const std::size_t before = clock->waits().size();
    EXPECT_THROW((void)client.workspaces().get(), ServerError);
    const auto waits = clock->waits();
    return std::vector(waits.begin() + static_cast<std::ptrdiff_t>(before), waits.end());
  };
  ASSERT_EQ(backoffs_of_a_call().size(), 7U);
  const auto page = static_cast<long*>(
      ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(page, MAP_FAILED);
  const pid_t child = in_forked_child([&] {
    const auto backoffs = backoffs_of_a_call();
    for (std::size_t i = 0; i < backoffs.size(); ++i) page[i] = backoffs[i].count();
    return backoffs.size() == 7;
  });
  const auto of_parent = backoffs_of_a_call();
  ASSERT_EQ(end_of(child), 0);
  int same = 0;
  for (std::size_t i = 0; i < of_parent.size(); ++i) same += page[i] == of_parent[i].count();
  EXPECT_LT(same, 3) << "of 7 random waits from 0 to 30,000 ms each";
  ::munmap(page, 4096);
}

}  // namespace
}  // namespace segment::test
