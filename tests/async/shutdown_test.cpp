// A client that is shut down, stopped, or destroyed while calls are in flight.
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
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

using std::chrono::steady_clock;
using testing::a_workspace;
using testing::contains;
using testing::FakeClient;
using testing::HeldTransport;
using testing::thrown;
using namespace std::chrono_literals;

/// TLS to a server that accepts connections and never responds: a call keeps connecting.
std::string https_url(const LoopbackServer& server) { return "https" + server.url("").substr(4); }

TEST(Shutdown, CancelsEveryRemainingCallAtTheDeadline) {
  LoopbackServer silent;
  silent.when_connected([](Connection& connection) { connection.wait_until_client_leaves(); });
  Gate gate;  // never opened
  LoopbackServer server;
  server.next(respond(503, "", {{"Retry-After", "600"}}))
      .always(after(gate, respond(200, std::string(a_workspace))));

  const Client connecting({.token = Token("x"),
                           .base_url = https_url(silent),
                           .curl = {.proxy = "none"},
                           .rate_limiter = RateLimiter::unlimited()});
  const Client client =
      client_of(server, {.timeouts = {.call = 0ms}, .async = {.max_in_flight = 2}});
  std::vector<Task<Workspace>> tasks;
  tasks.push_back(connecting.async().workspaces().get());
  tasks.push_back(client.async().workspaces().get({.timeout = 24h}));  // waits for its retry
  ASSERT_TRUE(server.wait_for_requests(1));
  for (int i = 0; i < 4; ++i) tasks.push_back(client.async().workspaces().get());
  ASSERT_TRUE(server.wait_for_requests(3)) << "two are sent, two are queued";

  EXPECT_FALSE(connecting.shutdown(steady_clock::now() + 10ms));
  EXPECT_FALSE(client.shutdown(steady_clock::now() + 10ms));
  for (auto& task : tasks) {
    ASSERT_TRUE(task.is_done());
    thrown<CancelledError>([&] { (void)task.get(); });
  }
}

TEST(Shutdown, CancelsACallWhoseBodyIsStillBeingSent) {
  Gate head_has_arrived;
  LoopbackServer server;
  server.always([&](Connection& connection) {
    connection.read_head();
    head_has_arrived.open();
    connection.pause(1h);  // and reads no more
    connection.close();
  });
  Json body = Json::object();
  body["name"] = std::string(std::size_t{16} << 20U, 'x');  // more than the sockets hold
  const Client client = client_of(server);
  auto task = client.async().call(http::Method::post, "/anything", {}, body);
  head_has_arrived.wait({});
  EXPECT_FALSE(client.shutdown(steady_clock::now()));
  ASSERT_TRUE(task.is_done());
  const auto error = thrown<CancelledError>([&] { (void)task.get(); });
  EXPECT_TRUE(error.outcome_unknown());
}

TEST(Shutdown, LetsCallsFinishBeforeTheDeadline) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, respond(200, std::string(a_workspace))));
  const Client client = client_of(server);
  auto task = client.async().workspaces().get();
  ASSERT_TRUE(server.wait_for_requests(1));
  const std::jthread opener([&] { gate.open(); });
  EXPECT_TRUE(client.shutdown(steady_clock::now() + 1h));
  ASSERT_TRUE(task.is_done());
  EXPECT_EQ(task.get().id.text(), "w1");
}

TEST(Shutdown, MeasuresItsDeadlineByTheClientsClock) {
  auto transport = std::make_shared<HeldTransport>();
  FakeClient fake({.transport = transport});
  auto task = fake.client.async().workspaces().get();
  const auto before = fake.clock->now();
  const std::jthread answering([&] {
    // On the clock of the test the deadline of an hour has passed, and the call is stopped.
    while (fake.clock->now() < before + 1h) std::this_thread::yield();
    transport->respond(http::Failure{http::FailureKind::cancelled, true, "cancelled"});
  });
  EXPECT_FALSE(fake.client.shutdown(before + 1h));
  thrown<CancelledError>([&] { (void)task.get(); });
}

TEST(Shutdown, RefusesFurtherCallsAndSaysWhy) {
  FakeClient fake;
  const Client copy = fake.client;
  EXPECT_TRUE(fake.client.async().shutdown(steady_clock::time_point::min()));
  for (const auto& call :
       std::vector<std::function<void()>>{[&] { (void)copy.workspaces().get(); },
                                          [&] { (void)copy.async().workspaces().get().get(); },
                                          [&] { (void)copy.sources().list().begin(); }}) {
    const auto error = thrown<CancelledError>(call);
    EXPECT_EQ(error.attempts(), 0);
    EXPECT_TRUE(contains(error.what(), "the client was shut down")) << error.what();
  }
  EXPECT_EQ(fake.sent(), 0U);
  EXPECT_TRUE(copy.shutdown(steady_clock::time_point::min())) << "may be called again";
}

TEST(Shutdown, CancelsBlockingCallsToo) {
  Gate gate;  // never opened
  LoopbackServer server;
  server.always(after(gate, respond()));
  const Client client = client_of(server);
  auto call = std::async(std::launch::async, [&] { (void)client.workspaces().get(); });
  ASSERT_TRUE(server.wait_for_requests(1));
  EXPECT_FALSE(client.shutdown(steady_clock::now()));
  const auto error = thrown<CancelledError>([&] { call.get(); });
  EXPECT_EQ(error.attempts(), 1);
}

TEST(Shutdown, IsRefusedInACallbackWhichWouldWaitForItself) {
  Gate gate;  // else the response may arrive first, and this thread runs the callback
  LoopbackServer server;
  server.always(after(gate, respond(200, std::string(a_workspace))));
  const Client client = client_of(server);
  std::promise<bool> was_refused;
  client.async().workspaces().get().then([&](const Result<Workspace>&) {
    try {
      client.shutdown(steady_clock::now());
      was_refused.set_value(false);
    } catch (const std::logic_error&) {
      was_refused.set_value(true);
    }
  });
  gate.open();
  EXPECT_TRUE(was_refused.get_future().get());
  EXPECT_EQ(client.async().workspaces().get().get().id.text(), "w1") << "nothing was shut down";
}

TEST(Shutdown, IsRefusedInACallbackOfABlockingCallToo) {
  LoopbackServer server;
  server.always(respond(200, std::string(a_workspace)));
  const Client client = client_of(server);
  bool was_refused = false;
  const Workspace workspace = client.workspaces().get({.on_response = [&](const http::Response&) {
    try {
      client.shutdown(steady_clock::now());
    } catch (const std::logic_error&) {
      was_refused = true;
    }
  }});
  EXPECT_TRUE(was_refused);
  EXPECT_EQ(workspace.id.text(), "w1") << "nothing was shut down";
}

TEST(TheClientsStop, EndsBlockingAndAsynchronousCalls) {
  Gate gate;  // never opened
  LoopbackServer server;
  server.always(after(gate, respond()));
  std::stop_source stop;
  const Client client = client_of(server, {.stop = stop.get_token()});
  std::stop_source of_call;  // does not replace the client's
  auto task = client.async().workspaces().get({.stop = of_call.get_token()});
  auto blocking = std::async(std::launch::async, [&] { (void)client.workspaces().get(); });
  ASSERT_TRUE(server.wait_for_requests(2));
  stop.request_stop();
  thrown<CancelledError>([&] { (void)task.get(); });
  thrown<CancelledError>([&] { blocking.get(); });
  const auto error = thrown<CancelledError>([&] { (void)client.workspaces().get(); });
  EXPECT_EQ(error.attempts(), 0) << "later calls too";
}

TEST(TheClientsStop, EndsAWaitBetweenAttempts) {
  auto transport = std::make_shared<testing::FakeTransport>();
  transport->add(503, "", {{"Retry-After", "3000"}});
  std::stop_source stop;
  const Client client({.token = Token("x"), .stop = stop.get_token(), .transport = transport});
  auto task = client.async().workspaces().get({.timeout = 1h});
  EXPECT_FALSE(task.is_done());
  stop.request_stop();
  thrown<CancelledError>([&] { (void)task.get(); });
}

TEST(TheLastCopyOfAClient, CancelsCallsThatDoNotFinishInTime) {
  Gate gate;  // never opened
  LoopbackServer server;
  server.always(after(gate, respond()));
  std::optional<Client> client = client_of(server, {.async = {.shutdown_timeout = 10ms}});
  auto task = client->async().workspaces().get({.timeout = 24h});
  ASSERT_TRUE(server.wait_for_requests(1));
  client.reset();
  ASSERT_TRUE(task.is_done());
  thrown<CancelledError>([&] { (void)task.get(); });
}

TEST(TheLastCopyOfAClient, CancelsCallsThatDoNotFinishInTimeInACallbackToo) {
  Gate gate;  // never opened
  LoopbackServer server;
  server.next(respond(200, std::string(a_workspace))).always(after(gate, respond()));
  auto client = std::make_shared<Client>(
      client_of(server, {.async = {.shutdown_timeout = 10ms}, .curl = {.max_connections = 1}}));
  auto first = client->async().workspaces().get();
  auto second = client->async().workspaces().get({.timeout = 24h});
  first.then([own = std::move(client)](const Result<Workspace>&) mutable { own.reset(); });
  client.reset();
  thrown<CancelledError>([&] { (void)second.get(); });
}

}  // namespace
}  // namespace segment::test
