// What happens when a client or a task is destroyed, or a call is ended from outside.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <semaphore>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
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

using testing::a_workspace;
using testing::contains;
using testing::HeldTransport;
using testing::thrown;

TEST(TheLastCopyOfAClient, WaitsForAsynchronousCalls) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, respond(200, std::string(a_workspace))));
  std::optional<Client> client = client_of(server);
  std::vector<Task<Workspace>> tasks;
  for (int i = 0; i < 4; ++i) tasks.push_back(client->async().workspaces().get());
  ASSERT_TRUE(server.wait_for_requests(4));
  std::binary_semaphore is_destroyed_next{0};
  std::jthread opener([&] {
    is_destroyed_next.acquire();
    gate.open();
  });
  is_destroyed_next.release();
  client.reset();
  for (auto& task : tasks) {
    EXPECT_TRUE(task.is_done());
    EXPECT_EQ(task.get().id.text(), "w1");
  }
  EXPECT_TRUE(server.wait_for_ended_connections(4));
}

TEST(TheLastCopyOfAClient, MayBeDestroyedInACallback) {
  LoopbackServer server;
  server.always(respond(200, std::string(a_workspace)));
  auto client = std::make_shared<Client>(client_of(server));
  std::promise<void> is_destroyed;
  Client& made = *client;
  made.async().workspaces().get().then([&, own = std::move(client)](Result<Workspace>) mutable {
    own.reset();
    is_destroyed.set_value();
  });
  is_destroyed.get_future().get();
  EXPECT_TRUE(server.wait_for_ended_connections(1));
}

Task<std::string> id_of_workspace(AsyncClient client) {
  auto call = client.workspaces().get();
  const Workspace workspace = co_await call;
  co_return workspace.id.text();
}

TEST(TheLastCopyOfAClient, MayBeDestroyedWhileACustomTransportCompletesARequest) {
  auto transport = std::make_shared<HeldTransport>();
  std::optional<Client> client = Client({.token = Token("x"), .transport = transport});
  auto task = id_of_workspace(client->async());
  client.reset();  // the coroutine holds the last copy
  transport->respond(200, std::string(a_workspace));
  EXPECT_EQ(task.get(), "w1");
}

TEST(ADroppedTask, IsCompletedAnyway) {
  LoopbackServer server;
  server.always(respond(200, R"({"data":{"status":"SUCCESS"}})"));
  {
    const Client client = client_of(server);
    (void)client.async().sources().remove(SourceId("s")).is_done();
  }
  EXPECT_EQ(server.times_received("DELETE /sources/s "), 1);
}

TEST(AStop, EndsACallInFlight) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, respond(200, std::string(a_workspace))));
  const Client client = client_of(server);
  std::stop_source source;
  auto stopped = client.async().workspaces().get({.stop = source.get_token()});
  auto other = client.async().workspaces().get();
  ASSERT_TRUE(server.wait_for_requests(2));
  source.request_stop();
  const auto error = thrown<CancelledError>([&] { (void)stopped.get(); });
  EXPECT_EQ(error.attempts(), 1);
  gate.open();
  EXPECT_EQ(other.get().id.text(), "w1");
}

TEST(AStop, EndsACallThatWaitsForAConnection) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, respond(200, std::string(a_workspace))));
  const Client client = client_of(server, {.curl = {.max_connections = 1}});
  std::stop_source source;
  auto first = client.async().workspaces().get();
  ASSERT_TRUE(server.wait_for_requests(1));
  auto second = client.async().workspaces().get({.stop = source.get_token()});
  source.request_stop();
  thrown<CancelledError>([&] { (void)second.get(); });
  gate.open();
  (void)first.get();
  EXPECT_EQ(server.requests().size(), 1U);
}

// libcurl makes the second one wait for the handshake of the first, and checks no time limit
// meanwhile.
TEST(ATimeout, EndsACallThatWaitsForAnothersHandshake) {
  LoopbackServer server;
  server.when_connected([](Connection& connection) { connection.wait_until_client_leaves(); });
  const std::string https = "https" + server.url("").substr(4);
  const Client client({.token = Token("x"),
                       .base_url = https,
                       .timeouts = {.connect = std::chrono::milliseconds(0),
                                    .per_attempt = std::chrono::milliseconds(0)},
                       .curl = {.proxy = "none"},
                       .rate_limiter = RateLimiter::unlimited()});
  std::stop_source source;
  auto first = client.async().workspaces().get({.stop = source.get_token()});
  auto second = client.async().workspaces().get(
      {.attempt_timeout = std::chrono::milliseconds(50), .max_attempts = 1});
  const auto error = thrown<TimeoutError>([&] { (void)second.get(); });
  EXPECT_FALSE(error.outcome_unknown());
  EXPECT_TRUE(contains(error.what(), "Connecting took too long")) << error.what();
  EXPECT_FALSE(first.is_done());
  source.request_stop();
  thrown<CancelledError>([&] { (void)first.get(); });
}

TEST(ATimeout, EndsACallThatWaitsForAConnection) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, respond(200, std::string(a_workspace))));
  const Client client = client_of(server, {.curl = {.max_connections = 1}});
  auto first = client.async().workspaces().get();
  ASSERT_TRUE(server.wait_for_requests(1));
  auto second = client.async().workspaces().get(
      {.attempt_timeout = std::chrono::milliseconds(20), .max_attempts = 1});
  const auto error = thrown<TimeoutError>([&] { (void)second.get(); });
  EXPECT_FALSE(error.outcome_unknown());
  gate.open();
  (void)first.get();
}

}  // namespace
}  // namespace segment::test
