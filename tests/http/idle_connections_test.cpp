// Idle connections: how long they are kept, and what ends them. Their age is measured by the test's
// clock.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <utility>

#include "../support/driven_engine.hpp"
#include "../support/loopback_server.hpp"
#include "http/curl/curl_engine.hpp"
#include "http/curl/handle.hpp"
#include "http/curl/shared.hpp"

namespace segment::test {
namespace {

using http::detail::BootClock;
using http::detail::CurlEngine;
using http::detail::Handle;
using http::detail::HandlePool;
using http::detail::Shared;
using namespace std::chrono_literals;

std::atomic<std::chrono::seconds> manual_now{1000s};  // NOLINT: the pool takes a plain function

BootClock::time_point manual_clock() { return BootClock::time_point(manual_now.load()); }

void pass(std::chrono::seconds time) { manual_now = manual_now.load() + time; }

const http::CurlOptions direct{.proxy = "none"};

/// Responds, shuts down its own direction, and waits until the client does the same.
Step answer_then_finish() {
  return [](Connection& connection) {
    respond()(connection);
    connection.finish();
    connection.wait_until_client_leaves();
    connection.close();
  };
}

// Blocking calls ----------------------------------------------------------------------------------

class AnIdleHandle : public ::testing::Test {
 protected:
  /// A handle with a connection.
  std::unique_ptr<Handle> used() {
    std::unique_ptr<Handle> handle = pool_.take();
    send(*handle);
    return handle;
  }

  void send(Handle& handle) {
    const http::Outcome outcome = handle.send({.url = server_.url(), .idempotent = true}, direct);
    EXPECT_TRUE(std::holds_alternative<http::Response>(outcome));
  }

  LoopbackServer server_;
  HandlePool pool_{{.max_idle_connections = 2}, std::make_shared<Shared>(direct), &manual_clock};
};

TEST_F(AnIdleHandle, IsReusedWithItsConnection) {
  for (int i = 0; i < 3; ++i) {
    pool_.give_back(used());
    pass(50s);
  }
  EXPECT_EQ(server_.connections(), 1);
}

TEST_F(AnIdleHandle, IsNotReusedWhenItIsTooOld) {
  pool_.give_back(used());
  pass(56s);
  const auto handle = used();
  EXPECT_EQ(server_.connections(), 2);
  EXPECT_TRUE(server_.wait_for_ended_connections(1));
}

TEST_F(AnIdleHandle, IsClosedIfItIsTooOldWhenAnotherIsReturned) {
  auto busy = used();
  pool_.give_back(used());
  pass(56s);
  pool_.give_back(std::move(busy));
  EXPECT_EQ(pool_.idle(), 1U);
  EXPECT_TRUE(server_.wait_for_ended_connections(1));
}

TEST_F(AnIdleHandle, IsClosedIfThereAreEnough) {
  auto one = used();
  auto two = used();
  auto three = used();
  pool_.give_back(std::move(one));
  pool_.give_back(std::move(two));
  pool_.give_back(std::move(three));
  EXPECT_EQ(pool_.idle(), 2U);
  EXPECT_TRUE(server_.wait_for_ended_connections(1));
}

TEST_F(AnIdleHandle, WhoseConnectionTheServerClosedIsClosedWithTheNextCall) {
  auto busy = used();
  server_.next(answer_then_finish());
  auto ended = used();
  for (int i = 0; i < 10'000 && !ended->connection_has_ended(); ++i) {
    std::this_thread::sleep_for(1ms);
  }
  ASSERT_TRUE(ended->connection_has_ended());
  pass(2s);
  pool_.give_back(std::move(ended));
  pass(2s);
  pool_.give_back(std::move(busy));
  EXPECT_EQ(pool_.idle(), 1U);
  EXPECT_TRUE(server_.wait_for_ended_connections(1));
}

TEST_F(AnIdleHandle, SpeaksNothingButHttp) {
  const auto handle = pool_.take();
  const std::string ftp = "ftp" + server_.url().substr(4);
  const http::Outcome outcome = handle->send({.url = ftp}, direct);
  EXPECT_TRUE(std::holds_alternative<http::Failure>(outcome));
  EXPECT_EQ(server_.connections(), 0);
}

// Asynchronous calls ------------------------------------------------------------------------------

class AnIdleConnection : public ::testing::Test {
 protected:
  void send() {
    const http::Outcome outcome = engine_.send({.url = server_.url(), .idempotent = true});
    EXPECT_TRUE(std::holds_alternative<http::Response>(outcome));
  }

  LoopbackServer server_;
  DrivenEngine engine_{
      std::make_unique<CurlEngine>(direct, std::make_shared<Shared>(direct), &manual_clock)};
};

TEST_F(AnIdleConnection, ServesTheNextRequest) {
  for (int i = 0; i < 3; ++i) {
    send();
    pass(50s);
  }
  EXPECT_EQ(server_.connections(), 1);
}

// As after a night in which the machine was suspended and libcurl's own clock stood still.
TEST_F(AnIdleConnection, IsNotReusedWhenItIsTooOld) {
  send();
  pass(std::chrono::hours(8));
  send();
  EXPECT_EQ(server_.connections(), 2);
  EXPECT_TRUE(server_.wait_for_ended_connections(1));
}

TEST_F(AnIdleConnection, ThatTheServerClosesIsClosedHereImmediately) {
  server_.next(answer_then_finish());
  send();
  EXPECT_TRUE(server_.wait_for_ended_connections(1)) << "without another call";
}

TEST_F(AnIdleConnection, ThatTheServerClosedHarmsNoLaterCall) {
  for (int i = 0; i < 5; ++i) {
    server_.next(answer_then_finish());
    send();
    EXPECT_TRUE(server_.wait_for_ended_connections(i + 1));
  }
  send();
  EXPECT_EQ(server_.requests().size(), 6U);
}

TEST(TheClockOfIdleConnections, NeverGoesBack) {
  const auto before = BootClock::now();
  EXPECT_GT(before.time_since_epoch(), 0s);
  EXPECT_GE(BootClock::now(), before);
}

}  // namespace
}  // namespace segment::test
