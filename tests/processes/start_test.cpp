// Programs that are started while the library is working.
#include <gtest/gtest.h>

#include <spawn.h>

#include <csignal>
#include <future>
#include <optional>
#include <string>

#include "segment/async.hpp"
#include "support/child.hpp"
#include "support/fake_client.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {
namespace {

using testing::a_workspace;

pid_t start_sleep() {
  std::string name = "sleep";
  std::string seconds = "1000";
  char* arguments[] = {name.data(), seconds.data(), nullptr};
  pid_t child = -1;
  ::posix_spawnp(&child, "sleep", nullptr, nullptr, arguments, environ);
  return child;
}

class AProgramThatIsStarted : public ::testing::Test {
 protected:
  /// Kills it as a supervisor does, and returns what ended it.
  static int killed(pid_t child) {
    ::kill(child, SIGTERM);
    return end_of(child);
  }

  AProgramThatIsStarted() { server_.always(respond(200, std::string(a_workspace))); }

  LoopbackServer server_;
  Client client_{{.token = Token("x"),
                  .base_url = server_.url(""),
                  .curl = {.proxy = "none"},
                  .rate_limiter = RateLimiter::unlimited()}};
};

TEST_F(AProgramThatIsStarted, InACallbackDiesOfSigterm) {
  std::promise<pid_t> child;
  client_.async().workspaces().get().then(
      [&](const Result<Workspace>&) { child.set_value(start_sleep()); });
  EXPECT_EQ(killed(child.get_future().get()), 1000 + SIGTERM);
}

TEST_F(AProgramThatIsStarted, InACallbackThatStartedAnotherCallDiesOfSigterm) {
  std::promise<pid_t> child;
  std::optional<Task<Workspace>> another;
  client_.async().workspaces().get().then([&](const Result<Workspace>&) {
    another.emplace(client_.async().workspaces().get());
    child.set_value(start_sleep());
  });
  EXPECT_EQ(killed(child.get_future().get()), 1000 + SIGTERM);
  EXPECT_EQ(another->get().id.text(), "w1");
}

TEST_F(AProgramThatIsStarted, InACoroutineDiesOfSigterm) {
  const auto coroutine = [](AsyncClient client) -> Task<pid_t> {
    auto call = client.workspaces().get();
    (void)co_await call;
    co_return start_sleep();
  };
  EXPECT_EQ(killed(coroutine(client_.async()).get()), 1000 + SIGTERM);
}

TEST_F(AProgramThatIsStarted, ByAnExecutorDiesOfSigterm) {
  std::promise<pid_t> child;
  const auto executor = [&](const std::function<void()>& work) {
    child.set_value(start_sleep());
    work();
  };
  EXPECT_EQ(client_.async(executor).workspaces().get().get().id.text(), "w1");
  EXPECT_EQ(killed(child.get_future().get()), 1000 + SIGTERM);
}

TEST_F(AProgramThatIsStarted, ByATokenProviderInARetryDiesOfSigterm) {
  pid_t child = -1;
  int asked = 0;
  server_.next(respond(503));
  const Client client({.token_provider =
                           [&] {
                             if (++asked == 2) child = start_sleep();
                             return Token("x");
                           },
                       .base_url = server_.url(""),
                       .curl = {.proxy = "none"},
                       .rate_limiter = RateLimiter::unlimited(),
                       .clock = std::make_shared<testing::ManualClock>()});
  EXPECT_EQ(client.async().workspaces().get().get().id.text(), "w1");
  EXPECT_EQ(killed(child), 1000 + SIGTERM);
}

}  // namespace
}  // namespace segment::test
