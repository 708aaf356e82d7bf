// Programs that fork: a child has no part in the connections of its parent.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "../support/loopback_server.hpp"
#include "segment/http/curl_transport.hpp"

namespace segment::test {
namespace {

/// A child process that runs this and exits with its result.
class Child {
 public:
  template <class Work>
  explicit Child(Work work) : process_(::fork()) {
    if (process_ == 0) ::_exit(work());
  }
  ~Child() {
    if (process_ > 0) result();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// What the work returned; below zero where it did not end, or crashed.
  int result() {
    int status = 0;
    for (int i = 0; i < 60'000; ++i) {
      if (::waitpid(process_, &status, WNOHANG) == process_) {
        process_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ::kill(process_, SIGKILL);
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return -1000;
  }

 private:
  pid_t process_;
};

class AForkedChild : public ::testing::Test {
 protected:
  AForkedChild() {
    server_.always(
        depending_on_request([](const Received& request) { return answer(200, request.target); }));
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

  /// The connections that requests of one sender came over.
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

TEST_F(AForkedChild, AndItsParentGetEachTheirOwnResponses) {
  constexpr int requests = 100;
  EXPECT_EQ(wrong_responses(*transport_, "parent", 1), 0);
  Child child([&] { return wrong_responses(*transport_, "child", requests); });
  EXPECT_TRUE(server_.wait_for_requests(2)) << "the child begins while the connection is idle";
  EXPECT_EQ(wrong_responses(*transport_, "parent", requests), 0);
  EXPECT_EQ(child.result(), 0);
  EXPECT_EQ(connections_of("parent"), std::set<int>{1});
  EXPECT_EQ(connections_of("child"), std::set<int>{2});
}

TEST_F(AForkedChild, LeavesTheParentItsConnectionWhenItDestroysTheTransport) {
  EXPECT_EQ(wrong_responses(*transport_, "parent", 1), 0);
  Child unused([&] {
    transport_.reset();
    return 0;
  });
  EXPECT_EQ(unused.result(), 0);
  Child used([&] {
    const int wrong = wrong_responses(*transport_, "child", 3);
    transport_.reset();
    return wrong;
  });
  EXPECT_EQ(used.result(), 0);
  EXPECT_EQ(wrong_responses(*transport_, "parent", 3), 0);
  EXPECT_EQ(connections_of("parent"), std::set<int>{1});
}

TEST_F(AForkedChild, DoesNotKeepAConnectionOpenThatItsParentCloses) {
  EXPECT_EQ(wrong_responses(*transport_, "parent", 1), 0);
  std::array<int, 2> until_told{};
  ASSERT_EQ(::pipe(until_told.data()), 0);
  Child child([&] {
    char byte = 0;
    ::close(until_told[1]);
    return static_cast<int>(::read(until_told[0], &byte, 1));
  });
  transport_.reset();
  EXPECT_TRUE(server_.wait_for_ended_connections(1));
  for (const int end : until_told) ::close(end);
  EXPECT_EQ(child.result(), 0);
}

TEST_F(AForkedChild, OfAProcessWhoseOtherThreadsAreSendingWorks) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP()
      << "a sanitizer's allocator may be locked for ever in the child, unlike the system's";
#endif
  std::atomic<bool> over = false;
  std::atomic<int> wrong = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, who = "thread" + std::to_string(i)] {
      while (!over) wrong += wrong_responses(*transport_, who, 1);
    });
  }
  for (int i = 0; i < 20; ++i) {
    Child child([&] {
      const int wrong_in_child = wrong_responses(*transport_, "child" + std::to_string(i), 3);
      transport_.reset();
      return wrong_in_child;
    });
    EXPECT_EQ(child.result(), 0) << i;
  }
  over = true;
  threads.clear();
  EXPECT_EQ(wrong, 0);
}

TEST_F(AForkedChild, MayForkInItsTurn) {
  EXPECT_EQ(wrong_responses(*transport_, "parent", 1), 0);
  Child child([&] {
    int wrong = wrong_responses(*transport_, "child", 2);
    Child grandchild([&] { return wrong_responses(*transport_, "grandchild", 2); });
    wrong += grandchild.result() == 0 ? 0 : 1;
    return wrong + wrong_responses(*transport_, "child", 2);
  });
  EXPECT_EQ(child.result(), 0);
  EXPECT_EQ(connections_of("child"), std::set<int>{2});
  EXPECT_EQ(connections_of("grandchild"), std::set<int>{3});
}

}  // namespace
}  // namespace segment::test
