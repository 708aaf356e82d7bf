// One client, thirty-two threads, real sockets: for ThreadSanitizer, and for the totals.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <latch>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "segment/sandbox/sandbox.hpp"
#include "segment/segment.hpp"
#include "support/held_clock.hpp"

namespace segment::testing {
namespace {

constexpr int thread_count = 32;

/// Runs the same work in every thread at once, each with its number.
void in_all_threads(const std::function<void(int)>& work) {
  std::latch start(thread_count);
  std::vector<std::jthread> threads;
  threads.reserve(thread_count);
  for (int number = 0; number < thread_count; ++number) {
    threads.emplace_back([&, number] {
      start.arrive_and_wait();
      work(number);
    });
  }
}

sandbox::SandboxOptions without_limits() { return {.rate_limits = false}; }

/// A sandbox that receives each thread's `getWorkspace` and responds only when its clock lets go.
struct SlowSandbox {
  SlowSandbox() {
    server.next("getWorkspace",
                sandbox::Fault::delay(std::chrono::minutes(5)).repeated(thread_count));
  }

  std::shared_ptr<test::HeldClock> clock = std::make_shared<test::HeldClock>();
  sandbox::Sandbox server{{.rate_limits = false, .clock = clock}};
};

TEST(OneClient, IsUsedByThirtyTwoThreadsAtOnce) {
  sandbox::Sandbox sandbox(without_limits());
  const Client client(sandbox.client_options());
  std::atomic<int> made = 0;
  std::latch listed(thread_count);  // a removal during another thread's list would shift its pages
  in_all_threads([&](int number) {
    const Client copy = client;
    const auto source = copy.sources().create({.slug = "s" + std::to_string(number),
                                               .enabled = true,
                                               .metadata_id = SourceMetadataId("IqDTy1TpoU")});
    for (int i = 0; i < 5; ++i) (void)client.sources().get(source.id);
    for (const Source& one : copy.sources().list({.count = 7})) made += one.id == source.id;
    listed.arrive_and_wait();
    client.sources().remove(source.id);
    EXPECT_THROW((void)client.sources().get(source.id), NotFoundError);
  });
  EXPECT_EQ(made, thread_count) << "each thread finds its own source, once";
}

TEST(OneClient, TakesANewTokenWhileThreadsCall) {
  sandbox::Sandbox sandbox(without_limits());
  ClientOptions options = sandbox.client_options();
  std::mutex mutex;
  Token current = options.token;
  options.token_provider = [&] {
    std::scoped_lock lock(mutex);
    return current;
  };
  const Client client(options);
  std::jthread rotation([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      {
        const std::scoped_lock lock(mutex);
        current = Token(std::string(sandbox.token()));
      }
      std::this_thread::yield();  // with a single processor, the callers need a turn
    }
  });
  in_all_threads([&](int) {
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(client.workspaces().get().name.empty());
  });
}

TEST(OneClient, ReportsEachCallToItsObserver) {
  sandbox::Sandbox sandbox(without_limits());
  ClientOptions options = sandbox.client_options();
  std::mutex mutex;
  std::set<std::uint64_t> ended;
  options.on_event = [&](const CallEvent& event) {
    if (event.kind != CallEvent::Kind::call_ended) return;
    std::scoped_lock lock(mutex);
    ended.insert(event.call);
  };
  const Client client(options);
  in_all_threads([&](int) {
    for (int i = 0; i < 5; ++i) (void)client.labels().list().to_vector();
  });
  EXPECT_EQ(ended.size(), 5U * thread_count);
}

TEST(OneStop, EndsTheCallsOfAllThreads) {
  SlowSandbox slow;
  const Client client(slow.server.client_options());
  std::stop_source stop;
  std::atomic<int> cancelled = 0;
  in_all_threads([&](int number) {
    if (number == 0) {
      EXPECT_TRUE(slow.clock->has_begun(thread_count - 1));
      stop.request_stop();
      return;
    }
    try {
      (void)client.workspaces().get({.stop = stop.get_token()});
    } catch (const CancelledError&) {
      ++cancelled;
    }
  });
  EXPECT_EQ(cancelled, thread_count - 1);
}

TEST(AClient, MayBeDestroyedWhileItsCallsAreInFlight) {
  SlowSandbox slow;
  auto client = std::make_unique<Client>(slow.server.client_options());
  std::atomic<int> answered = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < thread_count; ++i) {
    threads.emplace_back(
        [&, workspaces = client->workspaces()] { answered += !workspaces.get().name.empty(); });
  }
  EXPECT_TRUE(slow.clock->has_begun(thread_count));
  client.reset();
  slow.clock->let_go();
  threads.clear();
  EXPECT_EQ(answered, thread_count) << "calls in flight finish";
}

}  // namespace
}  // namespace segment::testing
