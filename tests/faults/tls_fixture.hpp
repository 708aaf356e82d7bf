#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "socket_client.hpp"
#include "support/authority.hpp"
#include "support/nginx.hpp"

namespace segment::test {

/// nginx with certificates of an authority that the test creates, in front of a loopback server.
/// If nginx or openssl is not installed the tests are skipped, and say so.
class Tls : public ::testing::Test {
 protected:
  void SetUp() override {
    if (nginx_program().empty()) GTEST_SKIP() << "nginx is not installed (package nginx-light)";
    if (!can_make_certificates()) GTEST_SKIP() << "openssl is not installed (package openssl)";
    authority_ = std::make_unique<Authority>();
    server_.always(respond(200, good_body()));
  }

  /// An nginx server with this certificate, in front of the loopback server.
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
    return std::string(last.headers.find("X-Spoken").value_or(""));
  }

  /// Checks the error of every kind of call: nothing is sent, and nothing is retried.
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

  std::unique_ptr<Authority> authority_{};
  LoopbackServer server_{};
};

}  // namespace segment::test
