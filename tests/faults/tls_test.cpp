// TLS as it is in the world: nginx in front of a server, with certificates of an authority that the
// test makes. Where nginx or openssl is not installed the tests are skipped, and say so.
#include <gtest/gtest.h>

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "segment/api/workspaces.hpp"
#include "segment/async_client.hpp"
#include "socket_client.hpp"
#include "support/authority.hpp"
#include "support/nginx.hpp"

namespace segment::test {
namespace {

class Tls : public ::testing::Test {
 protected:
  void SetUp() override {
    if (nginx_program().empty()) GTEST_SKIP() << "nginx is not installed (package nginx-light)";
    if (!can_make_certificates()) GTEST_SKIP() << "openssl is not installed (package openssl)";
    authority_ = std::make_unique<Authority>();
    server_.always(answer(200, good_body()));
  }

  /// A server of nginx with this certificate, in front of the loopback server.
  Nginx::Server with_certificate(const std::string& name, const std::string& more = {}) {
    const std::string key = authority_->path(name + ".key");
    return {.listen_options = "ssl",
            .directives = "ssl_certificate " + authority_->path(name + ".pem") +
                          ";\nssl_certificate_key " + key + ";\n" + more +
                          "\nlocation / { proxy_pass " + server_.url("") +
                          "; proxy_http_version 1.1; proxy_set_header Connection ''; "
                          "proxy_set_header X-Spoken $server_protocol; }"};
  }

  Client client(const std::string& url, http::CurlOptions curl = {}) {
    if (curl.ca_file.empty()) curl.ca_file = authority_->file();
    return socket_client(url, {.curl = std::move(curl)});
  }

  std::string spoken() {
    const Received last = server_.requests().back();
    const std::string* protocol = last.headers.find("X-Spoken");
    return protocol == nullptr ? "" : *protocol;
  }

  /// The error of every kind of call: nothing is sent, and nothing is tried again.
  void expect_refused(const Client& client, TlsReason reason, std::string_view sentence,
                      std::string_view what_to_do) {
    for (const Verb& verb : every_verb()) {
      SCOPED_TRACE(verb.name);
      const auto error = thrown<TlsError>([&] { verb.call(client, {}); });
      EXPECT_EQ(error.reason(), reason) << error.what();
      EXPECT_TRUE(contains(error.what(), sentence)) << error.what();
      EXPECT_TRUE(contains(error.what(), what_to_do)) << error.what();
      EXPECT_EQ(error.attempts(), 1);
      EXPECT_FALSE(error.retryable());
      EXPECT_FALSE(error.outcome_unknown());
      expect_presentable(error);
    }
    EXPECT_TRUE(server_.requests().empty());
  }

  std::unique_ptr<Authority> authority_;
  LoopbackServer server_;
};

TEST_F(Tls, CarriesEveryCallToAServerThatTheAuthorityVouchesFor) {
  authority_->issue("good");
  const Nginx nginx({with_certificate("good")});
  for (const char* host : {"127.0.0.1", "localhost"}) {
    const Client trusting = client(nginx.url(0, host));
    for (const Verb& verb : every_verb()) EXPECT_NO_THROW(verb.call(trusting, {})) << verb.name;
  }
  EXPECT_EQ(server_.requests().size(), 2 * every_verb().size());
  EXPECT_EQ(spoken(), "HTTP/1.1");
}

TEST_F(Tls, TrustsTheAuthoritiesOfADirectory) {
  authority_->issue("good");
  const Nginx nginx({with_certificate("good")});
  const Client trusting = socket_client(
      nginx.url(0), {.curl = {.ca_directory = authority_->directory(), .proxy = "none"}});
  EXPECT_NO_THROW((void)trusting.workspaces().get());
}

TEST_F(Tls, RefusesACertificateThatHasExpired) {
  authority_->issue("old", {.days = -1});
  const Nginx nginx({with_certificate("old")});
  expect_refused(client(nginx.url(0)), TlsReason::expired, "has expired", "clock");
}

TEST_F(Tls, RefusesACertificateForAnotherHost) {
  authority_->issue("other", {.names = "DNS:elsewhere.example,IP:127.9.9.9"});
  const Nginx nginx({with_certificate("other")});
  for (const char* host : {"127.0.0.1", "localhost"}) {
    expect_refused(client(nginx.url(0, host)), TlsReason::wrong_host, "for another host",
                   "check the base URL");
  }
}

TEST_F(Tls, RefusesACertificateOfAnUnknownAuthority) {
  authority_->issue("good");
  const Nginx nginx({with_certificate("good")});
  const Authority somebody_else;
  expect_refused(client(nginx.url(0), {.ca_file = somebody_else.file()}),
                 TlsReason::unknown_authority, "unknown authority", "CurlOptions::ca_file");
  // The system's own authorities do not know it either.
  expect_refused(socket_client(nginx.url(0)), TlsReason::unknown_authority, "unknown authority",
                 "CurlOptions::ca_file");
}

TEST_F(Tls, RefusesACertificateThatVouchesForItself) {
  const Nginx nginx({with_certificate("authority")});
  expect_refused(socket_client(nginx.url(0)), TlsReason::unknown_authority, "self-signed",
                 "CurlOptions::ca_file");
}

// As a gateway does that is being restarted: it says nothing about trust.
TEST_F(Tls, IsTriedAgainWhenTheConnectionDiesInTheHandshake) {
  LoopbackServer dying;
  dying.when_connected([](Connection& connection) {
    connection.wait_for_bytes();  // the handshake has begun
    connection.reset();
  });
  std::string url = dying.url("");
  url.replace(0, 4, "https");
  const auto error =
      thrown<TransportError>([&] { (void)client(url).sources().create_write_key(SourceId("s")); });
  EXPECT_EQ(error.attempts(), 4) << error.what();
  EXPECT_FALSE(error.outcome_unknown());
}

TEST_F(Tls, RefusesAServerThatSpeaksPlainHttp) {
  LoopbackServer plain;
  plain.when_connected(
      [](Connection& connection) { connection.write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
  expect_refused(client("https://127.0.0.1:" + std::to_string(plain.port())), TlsReason::other,
                 "handshake failed", "speaks TLS");
  EXPECT_EQ(plain.times_received(std::string(test_token)), 0);
}

TEST_F(Tls, RefusesAServerThatOffersNoVersionInCommon) {
  authority_->issue("good");
  // Clients of today offer TLS 1.2 and 1.3, but no cipher of 1.2 without encryption.
  const Nginx nginx({with_certificate(
      "good", "ssl_protocols TLSv1.2;\nssl_ciphers NULL-SHA256:eNULL:@SECLEVEL=0;")});
  expect_refused(client(nginx.url(0)), TlsReason::other, "handshake failed", "speaks TLS");
}

TEST_F(Tls, ShowsAClientCertificateToAGatewayThatAsksForOne) {
  authority_->issue("good");
  authority_->issue("caller");
  const Nginx nginx({with_certificate(
      "good", "ssl_verify_client on;\nssl_client_certificate " + authority_->file() + ";")});
  EXPECT_NO_THROW(
      (void)client(nginx.url(0), {.client_certificate_file = authority_->path("caller.pem"),
                                  .client_key_file = authority_->path("caller.key")})
          .workspaces()
          .get());
  const auto error =
      thrown<BadRequestError>([&] { (void)client(nginx.url(0)).workspaces().get(); });
  expect_presentable(error);
}

TEST_F(Tls, OverAConnectionThatTheServerClosedFailsNoCall) {
  authority_->issue("good");
  const Nginx nginx({with_certificate("good", "keepalive_requests 1;")});
  const Client calling = client(nginx.url(0));
  for (const Verb& verb : every_verb()) {
    EXPECT_NO_THROW(verb.call(calling, {.max_attempts = 1})) << verb.name;
  }
  EXPECT_EQ(server_.requests().size(), every_verb().size());
}

// --- HTTP/2 --------------------------------------------------------------------------------------

class Http2 : public Tls {
 protected:
  Nginx::Server with_http2(const std::string& more = {}) {
    Nginx::Server server = with_certificate("good", more);
    server.listen_options = "ssl http2";
    return server;
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

TEST_F(Http2, CarriesManyAsynchronousCallsAtOnceOverOneConnection) {
  const Nginx nginx({with_http2("add_header X-Connection $connection;")});
  const Client calling({.token = Token(std::string(test_token)),
                        .base_url = nginx.url(0),
                        .curl = {.ca_file = authority_->file(), .proxy = "none"}});
  std::mutex mutex;
  std::set<std::string> connections;
  const CallOptions options{.on_response = [&](const http::Response& response) {
    const std::string* connection = response.headers.find("X-Connection");
    const std::scoped_lock lock(mutex);
    connections.insert(connection != nullptr ? *connection : "none");
  }};
  std::vector<Task<Workspace>> tasks;
  for (int i = 0; i < 50; ++i) tasks.push_back(calling.async().workspaces().get(options));
  for (auto& task : tasks) EXPECT_NO_THROW((void)task.get());
  EXPECT_EQ(connections.size(), 1U);
  EXPECT_FALSE(connections.contains("none"));
  EXPECT_EQ(server_.requests().size(), 50U);
}

TEST_F(Http2, IsNotSpokenWhereItIsSwitchedOff) {
  const Nginx nginx({with_http2()});
  (void)client(nginx.url(0), {.http2 = false}).workspaces().get();
  EXPECT_EQ(spoken(), "HTTP/1.1");
}

// After each request the server says that it takes no more on this connection.
TEST_F(Http2, ThatSaysGoAwayFailsNoCallAndSendsNoneTwice) {
  const Nginx nginx({with_http2("keepalive_requests 1;")});
  const Client calling = client(nginx.url(0));
  for (int round = 0; round < 3; ++round) {
    for (const Verb& verb : every_verb()) {
      EXPECT_NO_THROW(verb.call(calling, {.max_attempts = 1})) << verb.name;
    }
  }
  EXPECT_EQ(server_.requests().size(), 3 * every_verb().size());
}

TEST_F(Http2, WithABrokenServerBehindItLeavesAPostSentOnceAndInDoubt) {
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

TEST_F(Http2, WhoseAnswerIsCutIsATransportError) {
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

}  // namespace
}  // namespace segment::test
