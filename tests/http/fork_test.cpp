// Programs that fork: a child does not share the connections of its parent.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "segment/http/curl_transport.hpp"
#include "support/child.hpp"
#include "support/dead_ports.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {
namespace {

class AForkedChild : public ::testing::Test {
 protected:
  AForkedChild() {
    server_.always(
        depending_on_request([](const Received& request) { return respond(200, request.target); }));
  }

  /// Sends this many requests, and counts those that do not get their own response.
  int wrong_responses(http::Transport& transport, const std::string& who, int requests) {
    int wrong = 0;
    for (int i = 0; i < requests; ++i) {
      const std::string target = "/" + who + "/" + std::to_string(i);
      const http::Outcome outcome =
          transport.send({.url = server_.url(target), .idempotent = true});
      const auto* response = std::get_if<http::Response>(&outcome);
      if (response == nullptr || response->body != target) ++wrong;
    }
    return wrong;
  }

  /// The connections that one sender's requests used.
  std::set<int> connections_of(const std::string& who) {
    std::set<int> connections;
    for (const Received& request : server_.requests()) {
      if (request.target.starts_with("/" + who + "/")) connections.insert(request.connection);
    }
    return connections;
  }

  LoopbackServer server_;
  std::unique_ptr<http::CurlTransport> transport_ =
      std::make_unique<http::CurlTransport>(http::CurlOptions{.proxy = "none"});
};

TEST_F(AForkedChild, AndItsParentEachGetTheirOwnResponses) {
  constexpr int requests = 100;
  EXPECT_EQ(wrong_responses(*transport_, "parent", 1), 0);
  const pid_t child =
      in_forked_child([&] { return wrong_responses(*transport_, "child", requests) == 0; });
  EXPECT_TRUE(server_.wait_for_requests(2)) << "the child starts while the connection is idle";
  EXPECT_EQ(wrong_responses(*transport_, "parent", requests), 0);
  EXPECT_EQ(end_of(child), 0);
  EXPECT_EQ(connections_of("parent"), std::set<int>{1});
  EXPECT_EQ(connections_of("child"), std::set<int>{2});
}

TEST_F(AForkedChild, LeavesTheParentItsConnectionWhenItDestroysTheTransport) {
  EXPECT_EQ(wrong_responses(*transport_, "parent", 1), 0);
  const pid_t unused = in_forked_child([&] {
    transport_.reset();
    return true;
  });
  EXPECT_EQ(end_of(unused), 0);
  const pid_t used = in_forked_child([&] {
    const int wrong = wrong_responses(*transport_, "child", 3);
    transport_.reset();
    return wrong == 0;
  });
  EXPECT_EQ(end_of(used), 0);
  EXPECT_EQ(wrong_responses(*transport_, "parent", 3), 0);
  EXPECT_EQ(connections_of("parent"), std::set<int>{1});
}

TEST_F(AForkedChild, DoesNotKeepAConnectionOpenThatItsParentCloses) {
  EXPECT_EQ(wrong_responses(*transport_, "parent", 1), 0);
  std::array<int, 2> until_told{};
  ASSERT_EQ(::pipe(until_told.data()), 0);
  const pid_t child = in_forked_child([&] {
    char byte = 0;
    ::close(until_told[1]);
    return ::read(until_told[0], &byte, 1) == 0;
  });
  transport_.reset();
  EXPECT_TRUE(server_.wait_for_ended_connections(1));
  for (const int end : until_told) ::close(end);
  EXPECT_EQ(end_of(child), 0);
}

TEST_F(AForkedChild, MadeByACallbackRunsNoOtherCallbackOfItsParent) {
  const auto engine = transport_->engine();
  std::stop_source stopped;
  const http::Request request{.url = server_.url(), .stop = stopped.get_token()};
  int called = 0;
  pid_t child = -1;
  for (int i = 0; i < 3; ++i) {
    engine->start(request, [&](const http::Outcome&) {
      if (++called == 1) child = ::fork();
    });
  }
  stopped.request_stop();  // so that all three end at the same time
  engine->poll({});
  if (child == 0) ::_exit(called == 1 ? 0 : 1);
  EXPECT_EQ(called, 3);
  EXPECT_EQ(end_of(child), 0);
}

TEST_F(AForkedChild, OfAProcessWhoseOtherThreadsAreSendingWorks) {
  if (!can_fork_while_allocating()) GTEST_SKIP() << "its allocator may be locked in the child";
  std::atomic<bool> over = false;
  std::atomic<int> wrong = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, who = "thread" + std::to_string(i)] {
      while (!over) wrong += wrong_responses(*transport_, who, 1);
    });
  }
  for (int i = 0; i < 20; ++i) {
    const pid_t child = in_forked_child([&] {
      const int wrong_in_child = wrong_responses(*transport_, "child" + std::to_string(i), 3);
      transport_.reset();
      return wrong_in_child == 0;
    });
    EXPECT_EQ(end_of(child), 0) << i;
  }
  over = true;
  threads.clear();
  EXPECT_EQ(wrong, 0);
}

// How many sockets of the Internet a process has. For a forked child: it allocates nothing.
int internet_sockets() {
  constexpr int most_descriptors = 256;
  int count = 0;
  for (int descriptor = 0; descriptor < most_descriptors; ++descriptor) {
    sockaddr_storage own{};
    socklen_t size = sizeof own;
    const bool is_socket = ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&own), &size) == 0;
    count += is_socket && (own.ss_family == AF_INET || own.ss_family == AF_INET6) ? 1 : 0;
  }
  return count;
}

TEST(AForkedProcess, HasNoSocketOfAParentThatOpensAndClosesThemMeanwhile) {
  if (!can_fork_while_allocating()) GTEST_SKIP() << "its allocator may be locked in the child";
  const RefusingPort nobody;
  const int sockets = internet_sockets();
  http::CurlTransport transport({.proxy = "none"});
  std::atomic<bool> over = false;
  std::atomic<int> sent = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      for (; !over; ++sent) (void)transport.send({.url = nobody.url("")});
    });
  }
  int leaks = 0;
  for (int i = 0; i < 1000 || sent < 1000; ++i) {
    leaks += end_of(in_forked_child([&] { return internet_sockets() == sockets; })) == 0 ? 0 : 1;
  }
  over = true;
  threads.clear();
  EXPECT_EQ(leaks, 0);
}

TEST_F(AForkedChild, MayForkAgain) {
  EXPECT_EQ(wrong_responses(*transport_, "parent", 1), 0);
  const pid_t child = in_forked_child([&] {
    int wrong = wrong_responses(*transport_, "child", 2);
    const pid_t grandchild =
        in_forked_child([&] { return wrong_responses(*transport_, "grandchild", 2) == 0; });
    wrong += end_of(grandchild) == 0 ? 0 : 1;
    return wrong + wrong_responses(*transport_, "child", 2) == 0;
  });
  EXPECT_EQ(end_of(child), 0);
  EXPECT_EQ(connections_of("child"), std::set<int>{2});
  EXPECT_EQ(connections_of("grandchild"), std::set<int>{3});
}

}  // namespace
}  // namespace segment::test
