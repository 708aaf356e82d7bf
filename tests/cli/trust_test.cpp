// Which certificates the program trusts: as for curl, by a flag or by the environment.

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "program.hpp"
#include "support/authority.hpp"
#include "support/loopback_server.hpp"
#include "support/nginx.hpp"

namespace segment::test {
namespace {

/// A server with a certificate from an authority that no system knows.
class ACompanyCertificateAuthority : public ::testing::Test {
 protected:
  void SetUp() override {
    SEGMENT_NEEDS_PROGRAM();
    if (nginx_program().empty()) GTEST_SKIP() << "nginx is not installed (package nginx-light)";
    if (!can_make_certificates()) GTEST_SKIP() << "openssl is not installed (package openssl)";
    authority_ = std::make_unique<Authority>();
    authority_->issue("good");
    server_.always(respond(200, R"({"data":{"workspace":{"id":"w"}}})"));
    nginx_ = std::make_unique<Nginx>(std::vector<Nginx::Server>{
        {.listen_options = "ssl",
         .directives = "ssl_certificate " + authority_->path("good.pem") +
                       ";\nssl_certificate_key " + authority_->path("good.key") +
                       ";\nlocation / { proxy_pass " + server_.url("") + "; }"}});
  }

  Ran call(std::map<std::string, std::string> environment, std::vector<std::string> flags = {}) {
    std::vector<std::string> arguments{"call", "getWorkspace", "--attempts", "1"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    environment["SEGMENT_TOKEN"] = token;
    environment["SEGMENT_BASE_URL"] = nginx_->url(0);
    environment["no_proxy"] = "*";
    return run({.arguments = arguments, .environment = environment});
  }

  void expect_trusted(std::map<std::string, std::string> environment,
                      std::vector<std::string> flags = {}) {
    const Ran ran = call(std::move(environment), std::move(flags));
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
  }

  std::unique_ptr<Authority> authority_;
  LoopbackServer server_;
  std::unique_ptr<Nginx> nginx_;
};

TEST_F(ACompanyCertificateAuthority, IsTrustedThroughTheFlag) {
  expect_trusted({}, {"--ca-file", authority_->file()});
}

TEST_F(ACompanyCertificateAuthority, IsTrustedThroughEachVariableThatCurlHonours) {
  expect_trusted({{"CURL_CA_BUNDLE", authority_->file()}});
  expect_trusted({{"SSL_CERT_FILE", authority_->file()}});
  expect_trusted({{"SSL_CERT_DIR", authority_->directory()}});
}

TEST_F(ACompanyCertificateAuthority, IsTakenFromTheFlagThenCurlsVariableThenOpensslsVariables) {
  const Authority another;
  expect_trusted({{"CURL_CA_BUNDLE", another.file()}}, {"--ca-file", authority_->file()});
  expect_trusted({{"CURL_CA_BUNDLE", authority_->file()}, {"SSL_CERT_FILE", another.file()}});
  expect_trusted({{"CURL_CA_BUNDLE", ""}, {"SSL_CERT_FILE", authority_->file()}});
  // Those of OpenSSL are combined.
  const std::string elsewhere = authority_->path("good.pem");
  expect_trusted({{"SSL_CERT_FILE", elsewhere}, {"SSL_CERT_DIR", authority_->directory()}});
  expect_trusted({{"SSL_CERT_FILE", authority_->file()}, {"SSL_CERT_DIR", another.directory()}});
  EXPECT_EQ(
      call({{"CURL_CA_BUNDLE", another.file()}, {"SSL_CERT_FILE", authority_->file()}}).exit_code,
      9);
}

TEST_F(ACompanyCertificateAuthority, IsAnErrorThatNamesTheFlagIfUnknown) {
  const Ran ran = call({});
  EXPECT_EQ(ran.exit_code, 9);
  EXPECT_NE(ran.err.find("--ca-file"), std::string::npos) << ran.err;
  EXPECT_EQ(ran.err.find("CurlOptions"), std::string::npos) << ran.err;
}

TEST_F(ACompanyCertificateAuthority, CannotBeReadFromAMissingFile) {
  const Ran by_variable = call({{"SSL_CERT_FILE", "/nowhere/at/all.pem"}});
  EXPECT_EQ(by_variable.exit_code, 9);
  EXPECT_NE(by_variable.err.find("SSL_CERT_FILE"), std::string::npos) << by_variable.err;
  EXPECT_EQ(by_variable.err.find("CurlOptions"), std::string::npos) << by_variable.err;
  const Ran by_flag = run({.arguments = {"call", "getWorkspace", "--ca-file", "/nowhere"}});
  EXPECT_EQ(by_flag.exit_code, 2);
  EXPECT_TRUE(by_flag.err.starts_with("error: the file given with --ca-file cannot be opened"))
      << by_flag.err;
  EXPECT_TRUE(server_.requests().empty());
}

}  // namespace
}  // namespace segment::test
