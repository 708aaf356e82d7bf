// HTTP/2 as nginx speaks it, with connections that it closes gracefully after some requests.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "segment/api/labels.hpp"
#include "segment/api/workspaces.hpp"
#include "segment/async_client.hpp"
#include "support/scripted_http2_server.hpp"
#include "tls_fixture.hpp"

namespace segment::test {
namespace {

class Http2 : public Tls {
 protected:
  Nginx::Server with_http2(const std::string& more = {}) {
    Nginx::Server server = with_certificate("good", more);
    server.listen_options = "ssl http2";
    return server;
  }

  Client asynchronous_client(const std::string& url, std::size_t max_connections = 32) {
    return Client(
        {.token = Token(std::string(test_token)),
         .base_url = url,
         .retry = {.max_attempts = 1},
         .curl = {
             .ca_file = authority_->file(), .proxy = "none", .max_connections = max_connections}});
  }

  void SetUp() override {
    Tls::SetUp();
    if (!IsSkipped()) authority_->issue("good");
  }
};

TEST_F(Http2, CarriesEveryCallOverOneConnection) {
  const Nginx nginx({with_http2()});
  const Client calling = client(nginx.url(0));
  for (const Verb& verb : every_verb()) {
    EXPECT_NO_THROW(verb.call(calling, {})) << verb.name;
    EXPECT_EQ(spoken(), "HTTP/2.0") << verb.name;
  }
  EXPECT_TRUE(contains(server_.requests()[3].body, R"("slug":"s")"));
  EXPECT_EQ(server_.requests().size(), every_verb().size());
}

// With more than one at a time libcurl loses responses when the server ends the connection.
TEST_F(Http2, CarriesOneAsynchronousCallAtATimeOverEachConnection) {
  const Nginx nginx({with_http2("add_header X-Connection $connection;")});
  constexpr std::size_t at_once = 4;
  Gate all_have_come;
  server_.always([&](Connection& connection) {
    connection.read_request();
    all_have_come.wait(connection.stop());
    respond(200, good_body())(connection);
  });
  const Client calling = asynchronous_client(nginx.url(0));
  std::mutex mutex;
  std::set<std::string> connections;
  const CallOptions options{.on_response = [&](const http::Response& response) {
    const std::scoped_lock lock(mutex);
    connections.emplace(response.headers.find("X-Connection").value_or("none"));
  }};
  std::vector<Task<Workspace>> tasks;
  for (std::size_t i = 0; i < at_once; ++i) {
    tasks.push_back(calling.async().workspaces().get(options));
  }
  EXPECT_TRUE(server_.wait_for_requests(at_once));
  all_have_come.open();
  for (auto& task : tasks) EXPECT_NO_THROW((void)task.get());
  EXPECT_EQ(spoken(), "HTTP/2.0");
  EXPECT_EQ(connections.size(), at_once);
  EXPECT_FALSE(connections.contains("none"));
}

TEST_F(Http2, IsNotUsedIfItIsSwitchedOff) {
  const Nginx nginx({with_http2()});
  (void)client(nginx.url(0), {.http2 = false}).workspaces().get();
  EXPECT_EQ(spoken(), "HTTP/1.1");
}

// After each request the server announces that it accepts no more on this connection.
TEST_F(Http2, WithAGoAwayFailsNoCallAndSendsNoneTwice) {
  const Nginx nginx({with_http2("keepalive_requests 1;")});
  const Client calling = client(nginx.url(0));
  for (int round = 0; round < 3; ++round) {
    for (const Verb& verb : every_verb()) {
      EXPECT_NO_THROW(verb.call(calling, {.max_attempts = 1})) << verb.name;
    }
  }
  EXPECT_EQ(server_.requests().size(), 3 * every_verb().size());
}

TEST_F(Http2, WithABrokenUpstreamLeavesAPostSentOnceWithAnUnknownOutcome) {
  const Nginx nginx({with_http2("proxy_next_upstream off;")});
  server_.always(close_without_answer());
  const Client calling = client(nginx.url(0));
  for (const Verb& verb : every_verb()) {
    const std::size_t before = server_.requests().size();
    const auto error = thrown<ServerError>([&] { verb.call(calling, {}); });
    EXPECT_EQ(error.status(), 502);
    EXPECT_EQ(error.outcome_unknown(), verb.changes_something);
    EXPECT_EQ(server_.requests().size() - before, verb.idempotent ? 4U : 1U) << verb.name;
    expect_presentable(error);
  }
}

TEST_F(Http2, WithATruncatedResponseIsATransportError) {
  const Nginx nginx({with_http2("proxy_buffering off;")});
  server_.always(cut_body(R"({"data":{"st)", 500));
  const Client calling = client(nginx.url(0));
  for (const Verb& verb : every_verb()) {
    const auto error = thrown<TransportError>([&] { verb.call(calling, {}); });
    EXPECT_EQ(error.attempts(), verb.idempotent ? 4 : 1) << error.what();
    EXPECT_EQ(error.outcome_unknown(), verb.changes_something);
    expect_presentable(error);
  }
}

// --- Connections that the server closes gracefully while calls are in flight ---------------------

class AServerThatClosesConnectionsGracefully : public Http2 {
 protected:
  /// nginx that responds by itself, and accepts this many requests per connection.
  Nginx::Server with_requests_a_connection(int count) const {
    return {.listen_options = "ssl http2",
            .directives = "ssl_certificate " + authority_->path("good.pem") +
                          ";\nssl_certificate_key " + authority_->path("good.key") +
                          ";\nkeepalive_requests " + std::to_string(count) + ";\naccess_log " +
                          log() +
                          " combined;\ndefault_type application/json;\nlocation / { return 200 '" +
                          R"({"data":{"label":{"key":"k","value":"v"}}})" + "'; }"};
  }

  /// Creates many labels, 64 at once, each with its own query.
  void create(const Client& client, int count) {
    constexpr int at_once = 64;
    for (int first = 0; first < count; first += at_once) {
      std::vector<Task<Label>> tasks;
      for (int i = first; i < std::min(first + at_once, count); ++i) {
        tasks.push_back(client.async().labels().create({.label = Label{.key = "k", .value = "v"}},
                                                       {.query = {{"id", std::to_string(i)}}}));
      }
      for (auto& task : tasks) EXPECT_NO_THROW((void)task.get());
    }
  }

  /// How often the server processed each of them; it writes its log after it has responded.
  std::map<std::string, int> processed(int count) const {
    std::map<std::string, int> times;
    for (int i = 0; i < 10'000; ++i) {
      times.clear();
      int lines = 0;
      std::ifstream file(log());
      for (std::string line; std::getline(file, line); ++lines) {
        const auto start = line.find("POST /labels?id=");
        if (start == std::string::npos) continue;
        ++times[line.substr(start, line.find(' ', start + 5) - start)];
      }
      if (lines >= count) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return times;
  }

  void expect_each_exactly_once(int requests_a_connection, std::size_t connections, int count) {
    const Nginx nginx({with_requests_a_connection(requests_a_connection)});
    create(asynchronous_client(nginx.url(0), connections), count);
    const auto times = processed(count);
    EXPECT_EQ(times.size(), static_cast<std::size_t>(count));
    for (const auto& [request, number] : times) EXPECT_EQ(number, 1) << request;
  }

 private:
  std::string log() const { return authority_->path("access.log"); }
};

TEST_F(AServerThatClosesConnectionsGracefully, AfterEachRequestFailsNoPost) {
  expect_each_exactly_once(1, 32, 320);
}

TEST_F(AServerThatClosesConnectionsGracefully, AfterThreeRequestsFailsNoPost) {
  expect_each_exactly_once(3, 32, 640);
}

// Few connections, so that each of them reaches its limit.
TEST_F(AServerThatClosesConnectionsGracefully, AfterAThousandRequestsFailsNoPost) {
  expect_each_exactly_once(1000, 2, 2500);
}

// --- Requests that the server refuses before it processes them -----------------------------------

using Action = ScriptedHttp2Server::Action;

class ARefusedRequest : public Http2 {
 protected:
  http::Outcome send(const ScriptedHttp2Server& server, const http::Request& request) {
    TransportUnderTest transport({.ca_file = authority_->file(), .proxy = "none"});
    http::Request sent = request;
    sent.url = server.url() + "/once";
    return transport.send(sent);
  }
};

TEST_F(ARefusedRequest, ThatIsNotIdempotentIsReportedAsNotSent) {
  const ScriptedHttp2Server server(*authority_, "good", {Action::refuse});
  const http::Outcome outcome = send(server, {.method = http::Method::post, .body = "{}"});
  ASSERT_TRUE(std::holds_alternative<http::Failure>(outcome));
  const auto& failure = std::get<http::Failure>(outcome);
  EXPECT_EQ(failure.kind, http::FailureKind::broken) << failure.message;
  EXPECT_FALSE(failure.may_have_been_sent) << failure.message;
  EXPECT_EQ(server.requests(), 1);
}

TEST_F(ARefusedRequest, IsRetriedWhateverItsMethod) {
  for (const Verb& verb : every_verb()) {
    const ScriptedHttp2Server server(*authority_, "good", {Action::refuse});
    // The server responds without a body, which some calls need.
    try {
      verb.call(client(server.url()), {});
    } catch (const DecodeError&) {
    }
    EXPECT_EQ(server.requests(), 2) << verb.name;
  }
}

TEST_F(ARefusedRequest, IsNotMistakenForOneThatMayHaveBeenProcessed) {
  for (const http::Method method : {http::Method::delete_, http::Method::post}) {
    const ScriptedHttp2Server server(*authority_, "good", {Action::refuse});
    const http::Outcome outcome =
        send(server, {.method = method, .idempotent = method == http::Method::delete_});
    ASSERT_TRUE(std::holds_alternative<http::Response>(outcome));
    EXPECT_FALSE(std::get<http::Response>(outcome).retried_by_transport);
    EXPECT_EQ(server.requests(), 2);
  }
}

// libcurl does not distinguish it from a server that violates the protocol.
TEST_F(ARefusedRequest, ThatCrossesAGoAwayLeavesAPostSentOnceWithItsOutcomeUnknown) {
  for (const Verb& verb : every_verb()) {
    const ScriptedHttp2Server server(*authority_, "good", {Action::go_away});
    try {
      verb.call(client(server.url()), {});
      EXPECT_TRUE(verb.idempotent) << verb.name;
    } catch (const DecodeError&) {
      EXPECT_TRUE(verb.idempotent) << verb.name;
    } catch (const TransportError& error) {
      EXPECT_FALSE(verb.idempotent) << verb.name << error.what();
      EXPECT_TRUE(error.outcome_unknown()) << verb.name;
    }
    EXPECT_EQ(server.requests(), verb.idempotent ? 2 : 1) << verb.name;
  }
}

}  // namespace
}  // namespace segment::test
