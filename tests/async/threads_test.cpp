// The library's threads, and what may be done on them.
#include <gtest/gtest.h>

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstddef>
#include <future>
#include <memory>
#include <semaphore>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "asynchronous_client.hpp"
#include "held_transport.hpp"
#include "segment/async.hpp"
#include "support/entries.hpp"
#include "support/fake_client.hpp"
#include "support/gate.hpp"
#include "support/loopback_server.hpp"
#include "support/responses.hpp"
#include "threads/library_thread.hpp"

namespace segment::test {
namespace {

using testing::a_workspace;
using testing::HeldTransport;

/// How many threads were not there before. Threads that have just ended are not counted: the system
/// may still list them for a moment.
std::size_t new_threads(const std::set<std::string>& before) {
  const std::set<std::string> now = threads();
  return static_cast<std::size_t>(std::count_if(
      now.begin(), now.end(), [&](const std::string& id) { return !before.contains(id); }));
}

TEST(AnAsynchronousClient, HasNoThreadBeforeItsFirstCallAndOneForAllOfThem) {
  if (threads().empty()) GTEST_SKIP() << "threads cannot be counted here";
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, respond(200, std::string(a_workspace))));
  const std::set<std::string> before = threads();
  const Client client = client_of(server);
  auto async = client.async();
  EXPECT_EQ(new_threads(before), 0U);
  std::vector<Task<Workspace>> tasks;
  for (int i = 0; i < 20; ++i) tasks.push_back(async.workspaces().get());
  ASSERT_TRUE(server.wait_for_requests(20));
  // The test's server has a thread for each connection.
  EXPECT_EQ(new_threads(before), 1U + static_cast<std::size_t>(server.connections()));
  gate.open();
  for (auto& task : tasks) EXPECT_EQ(task.get().id.text(), "w1");
}

TEST(ALibraryThread, ReceivesTheProgramsSignalsOnlyWithinACallback) {
  const auto mask_now = [] {
    sigset_t now{};
    pthread_sigmask(SIG_BLOCK, nullptr, &now);
    return now;
  };
  sigset_t mask{};
  sigset_t in_callback{};
  std::thread thread = detail::begin_library_thread("segment-test", [&] {
    {
      const detail::CallbackScope callback;
      in_callback = mask_now();
    }
    mask = mask_now();
  });
  thread.join();
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGUSR1, SIGALRM, SIGPIPE}) {
    EXPECT_EQ(sigismember(&mask, signal), 1) << signal;
    EXPECT_EQ(sigismember(&in_callback, signal), 0) << signal;
  }
  for (const int own : {SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGPROF}) {
    EXPECT_EQ(sigismember(&mask, own), 0) << "a signal of its own: " << own;
  }
  sigset_t callers{};
  pthread_sigmask(SIG_BLOCK, nullptr, &callers);
  EXPECT_EQ(sigismember(&callers, SIGTERM), 0) << "the mask of the creating thread is unchanged";
}

TEST(AnAsynchronousClient, CanBeSharedByManyThreads) {
  LoopbackServer server;
  server.always(respond(200, std::string(a_workspace)));
  const Client client = client_of(server);
  std::atomic<int> good = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i) {
      threads.emplace_back([&] {
        const auto async = client.async();
        for (int j = 0; j < 50; ++j) {
          if (async.workspaces().get().get().id.text() == "w1") ++good;
        }
      });
    }
  }
  EXPECT_EQ(good, 800);
}

TEST(WaitingForATask, OnTheLibrarysOwnThreadIsRefusedAndDoesNotHang) {
  Gate gate;  // else the response may arrive first, and this thread runs the callback
  LoopbackServer server;
  server.always(after(gate, respond(200, std::string(a_workspace))));
  const Client client = client_of(server);
  std::promise<bool> was_refused;
  client.async().workspaces().get().then([&](Result<Workspace>) {
    try {
      (void)client.async().workspaces().get().get();
      was_refused.set_value(false);
    } catch (const std::logic_error&) {
      was_refused.set_value(true);
    }
  });
  gate.open();
  EXPECT_TRUE(was_refused.get_future().get());
}

TEST(WaitingForATask, WithinTheCompletionOfACustomTransportIsRefusedToo) {
  auto transport = std::make_shared<HeldTransport>();
  const Client client({.token = Token("x"), .transport = transport});
  bool was_refused = false;
  client.async().workspaces().get().then([&](Result<Workspace>) {
    auto second = client.async().workspaces().get();
    EXPECT_THROW((void)second.get(), std::logic_error);
    was_refused = true;
  });
  transport->respond(200, std::string(a_workspace));
  EXPECT_TRUE(was_refused);
  transport->respond(200, std::string(a_workspace));
}

TEST(ACallback, MayMakeFurtherCalls) {
  LoopbackServer server;
  server.always(respond(200, std::string(a_workspace)));
  const Client client = client_of(server);
  std::promise<std::string> id;
  client.async().workspaces().get().then([&](Result<Workspace>) {
    client.async().workspaces().get().then(
        [&](Result<Workspace> result) { id.set_value(result.value().id.text()); });
  });
  EXPECT_EQ(id.get_future().get(), "w1");
}

}  // namespace
}  // namespace segment::test
