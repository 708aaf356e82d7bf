// A client that is destroyed while calls are in flight: they finish, and the last one closes the
// connections.
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "../support/transport_under_test.hpp"
#include "socket_client.hpp"

namespace segment::test {
namespace {

constexpr int callers = 4;

TEST(CallsInFlight, FinishWhenTheirClientIsDestroyed) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, respond(200, good_body())));
  std::optional<Client> client = socket_client(server.url(""));
  std::vector<int> good(callers, 0);
  std::vector<std::jthread> running;
  for (int& outcome : good) {
    running.emplace_back([&outcome, group = client->workspaces()] {
      outcome = group.get().id.text() == "w" ? 1 : 0;
    });
  }
  EXPECT_TRUE(server.wait_for_requests(callers));
  client.reset();
  gate.open();
  running.clear();
  EXPECT_EQ(good, std::vector<int>(callers, 1));
  EXPECT_TRUE(server.wait_for_ended_connections(callers));
}

TEST(CallsInFlight, FinishWhenTheirTransportIsDestroyed) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, respond(200, "well")));
  auto transport = std::make_unique<http::CurlTransport>(http::CurlOptions{.proxy = "none"});
  std::vector<int> good(callers, 0);
  std::vector<std::jthread> running;
  for (int& outcome : good) {
    running.emplace_back([&outcome, &server, sender = transport.get()] {
      const http::Outcome answered = sender->send({.url = server.url()});
      const auto* response = std::get_if<http::Response>(&answered);
      outcome = response != nullptr && response->body == "well" ? 1 : 0;
    });
  }
  EXPECT_TRUE(server.wait_for_requests(callers));
  transport.reset();
  gate.open();
  running.clear();
  EXPECT_EQ(good, std::vector<int>(callers, 1));
  EXPECT_TRUE(server.wait_for_ended_connections(callers));
}

TEST(CallsInFlight, ThatAreCancelledDoNotDisturbTheOthers) {
  Gate gate;
  LoopbackServer server;
  server.always(after(gate, respond(200, good_body())));
  const Client client = socket_client(server.url(""));
  std::stop_source stop;
  int good = 0;
  std::jthread staying([&] { good = client.workspaces().get().id.text() == "w" ? 1 : 0; });
  std::jthread leaving([&] {
    const auto error =
        thrown<CancelledError>([&] { (void)client.workspaces().get({.stop = stop.get_token()}); });
    expect_presentable(error);
  });
  EXPECT_TRUE(server.wait_for_requests(2));
  stop.request_stop();
  leaving.join();
  gate.open();
  staying.join();
  EXPECT_EQ(good, 1);
}

TEST(CallsInFlight, OnManyThreadsSurviveAServerThatKeepsBreaking) {
  LoopbackServer server;
  for (int round = 0; round < 15; ++round) {
    server.next(reset_without_answer())
        .next(half_header())
        .next(answer_then_close(200, good_body()));
  }
  server.always(respond(200, good_body()));
  // The clock is shared: the waits of one thread pass for the others too, so no call has a limit.
  const Client client = socket_client(
      server.url(""),
      {.timeouts = {.call = std::chrono::milliseconds{0}}, .retry = {.max_attempts = 100}});
  std::vector<int> good(callers, 0);
  {
    std::vector<std::jthread> running;
    for (int& count : good) {
      running.emplace_back([&count, client] {
        for (int call = 0; call < 15; ++call) count += client.workspaces().get().id.text() == "w";
      });
    }
  }
  EXPECT_EQ(good, std::vector<int>(callers, 15));
}

}  // namespace
}  // namespace segment::test
