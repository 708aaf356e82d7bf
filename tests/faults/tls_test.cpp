// Real TLS: nginx in front of a server, with certificates of an authority that the test creates. If
// nginx or openssl is not installed the tests are skipped, and say so.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "tls_fixture.hpp"

namespace segment::test {
namespace {

TEST_F(Tls, CarriesEveryCallToATrustedServer) {
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

// A file of authorities is long, and the whole file is read for each connection.
TEST_F(Tls, DoesNotReadTheFileOfAuthoritiesIfTheDirectoryIsEnough) {
  authority_->issue("good");
  const Nginx nginx({with_certificate("good")});
  const Client trusting = client(nginx.url(0), {.ca_file = authority_->path("there-is-none.pem"),
                                                .ca_directory = authority_->directory()});
  EXPECT_NO_THROW((void)trusting.workspaces().get());
}

TEST_F(Tls, TrustsTheAuthoritiesOfTheFileToo) {
  authority_->issue("good");
  const Nginx nginx({with_certificate("good", "keepalive_timeout 0;")});
  const Authority somebody_else;
  const Client trusting = client(
      nginx.url(0), {.ca_file = authority_->file(), .ca_directory = somebody_else.directory()});
  for (const Verb& verb : every_verb()) {
    EXPECT_NO_THROW(verb.call(trusting, {.max_attempts = 1})) << verb.name;
  }
  EXPECT_EQ(server_.requests().size(), every_verb().size()) << "each was sent once";
}

TEST_F(Tls, RefusesACertificateOfAnAuthorityInNeither) {
  authority_->issue("good");
  const Nginx nginx({with_certificate("good")});
  const Authority somebody_else;
  expect_refused(client(nginx.url(0), {.ca_file = somebody_else.file(),
                                       .ca_directory = somebody_else.directory()}),
                 TlsReason::unknown_authority, "unknown authority", "CurlOptions::ca_file");
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

TEST_F(Tls, RefusesASelfSignedCertificate) {
  const Nginx nginx({with_certificate("authority")});
  expect_refused(socket_client(nginx.url(0)), TlsReason::unknown_authority, "self-signed",
                 "CurlOptions::ca_file");
}

// As with a gateway that is restarting: this says nothing about trust.
TEST_F(Tls, IsRetriedIfTheConnectionBreaksDuringTheHandshake) {
  LoopbackServer dying;
  dying.when_connected([](Connection& connection) {
    connection.wait_for_bytes();  // the handshake has started
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

TEST_F(Tls, RefusesAServerWithoutACommonCipher) {
  authority_->issue("good");
  // Current clients offer TLS 1.2 and 1.3, but no cipher of 1.2 without encryption.
  const Nginx nginx({with_certificate(
      "good", "ssl_protocols TLSv1.2;\nssl_ciphers NULL-SHA256:eNULL:@SECLEVEL=0;")});
  expect_refused(client(nginx.url(0)), TlsReason::other, "handshake failed", "speaks TLS");
}

TEST_F(Tls, PresentsAClientCertificateToAGatewayThatRequestsOne) {
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

// TLS ends a connection with a message, which a forked child must not send.
TEST_F(Tls, IsNotEndedByAForkedChild) {
  authority_->issue("good");
  const Nginx nginx({with_certificate("good", "add_header X-Connection $connection;")});
  auto transport = std::make_unique<http::CurlTransport>(
      http::CurlOptions{.ca_file = authority_->file(), .proxy = "none"});
  const auto connection = [&] {
    const http::Outcome outcome = transport->send({.url = nginx.url(0), .idempotent = true});
    const auto* response = std::get_if<http::Response>(&outcome);
    if (response == nullptr) return std::string("none");
    return std::string(response->headers.find("X-Connection").value_or("none"));
  };
  const std::string of_parent = connection();
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string of_child = connection();
    transport.reset();
    ::_exit(of_child == of_parent || of_child == "none" ? 1 : 0);
  }
  int status = -1;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_NE(of_parent, "none");
  EXPECT_EQ(connection(), of_parent);
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

}  // namespace
}  // namespace segment::test
