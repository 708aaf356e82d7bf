// Programs that end while the library has a thread: however `main` ends, that thread has ended
// before the exit handlers of libcurl and OpenSSL run. Over TLS, if there is nginx.
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "segment/async.hpp"
#include "support/authority.hpp"
#include "support/child.hpp"
#include "support/fake_client.hpp"
#include "support/loopback_server.hpp"
#include "support/nginx.hpp"
#include "support/responses.hpp"

namespace segment::test {
namespace {

using testing::a_workspace;

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Client client_of_child(AsyncOptions async = {}) {
  return Client({.token = Token("x"),
                 .base_url = variable("SEGMENT_TEST_URL"),
                 .async = std::move(async),
                 .curl = {.ca_file = variable("SEGMENT_TEST_CA"), .proxy = "none"},
                 .rate_limiter = RateLimiter::unlimited()});
}

Task<int> call_many_times(Client client) {
  std::vector<Task<Workspace>> tasks;
  for (int i = 0; i < 16; ++i) tasks.push_back(client.async().workspaces().get());
  int good = 0;
  for (auto& task : tasks) {
    if ((co_await task).id.text() == "w1") ++good;
  }
  co_return good;
}

// The programs; each is started by a test below.

TEST(AProgram, DISABLED_WhoseCoroutineOwnsTheClient) {
  std::exit(call_many_times(client_of_child()).get() == 16 ? 0 : 1);
}

TEST(AProgram, DISABLED_ThatExitsWhileItsCoroutineHasCallsInFlight) {
  static const auto task = call_many_times(client_of_child({.shutdown_timeout = {}}));
  (void)client_of_child().async().workspaces().get().get();
  std::exit(0);
}

TEST(AProgram, DISABLED_WithAClientThatIsNeverDestroyed) {
  const Client& client = *new Client(client_of_child());
  for (int i = 0; i < 16; ++i) client.async().workspaces().get().then([](const auto&) {});
  std::exit(0);
}

TEST(AProgram, DISABLED_ThatExitsInACallback) {
  static const Client client = client_of_child();
  client.async().workspaces().get().then(
      [](const Result<Workspace>& result) { std::exit(result ? 0 : 1); });
  for (;;) ::pause();
}

TEST(AProgram, DISABLED_ThatMakesAnotherCallAsItExits) {
  static const Client client = client_of_child();
  (void)std::atexit([] { std::_Exit(client.workspaces().get().id.text() == "w1" ? 0 : 1); });
  (void)client.workspaces().get();
  std::exit(1);
}

class AProgramOverTls : public ::testing::Test {
 protected:
  void SetUp() override {
    if (nginx_program().empty()) GTEST_SKIP() << "nginx is not installed (package nginx-light)";
    if (!can_make_certificates()) GTEST_SKIP() << "openssl is not installed (package openssl)";
    authority_ = std::make_unique<Authority>();
    authority_->issue("server");
    server_.always(respond(200, std::string(a_workspace)));
    const Nginx::Server https{
        .listen_options = "ssl http2",
        .directives = "ssl_certificate " + authority_->path("server.pem") +
                      ";\nssl_certificate_key " + authority_->path("server.key") +
                      ";\nlocation / { proxy_pass " + server_.url("") +
                      "; proxy_http_version 1.1; proxy_set_header Connection ''; }"};
    nginx_ = std::make_unique<Nginx>(std::vector{https});
  }

  /// Runs it several times, because it used to fail once in some hundred runs.
  void expect_clean(const std::string& program) {
    const std::string times = variable("SEGMENT_TEST_EXITS");
    for (int left = times.empty() ? 5 : std::stoi(times); left > 0; --left) {
      const pid_t child = start_this_program(
          "AProgram.DISABLED_" + program,
          {"SEGMENT_TEST_URL=" + nginx_->url(0), "SEGMENT_TEST_CA=" + authority_->file()});
      ASSERT_EQ(end_of(child), 0) << left << " runs before the last";
    }
  }

  LoopbackServer server_;
  std::unique_ptr<Authority> authority_{};
  std::unique_ptr<Nginx> nginx_{};
};

TEST_F(AProgramOverTls, EndsCleanlyIfItsCoroutineOwnsTheClient) {
  expect_clean("WhoseCoroutineOwnsTheClient");
}

TEST_F(AProgramOverTls, EndsCleanlyIfItExitsWithCallsInFlight) {
  expect_clean("ThatExitsWhileItsCoroutineHasCallsInFlight");
}

TEST_F(AProgramOverTls, EndsCleanlyIfItsClientIsNeverDestroyed) {
  expect_clean("WithAClientThatIsNeverDestroyed");
}

// What was created to read the first response must not be destroyed before the client.
TEST_F(AProgramOverTls, EndsCleanlyIfItMakesAnotherCallAsItExits) {
  expect_clean("ThatMakesAnotherCallAsItExits");
}

TEST_F(AProgramOverTls, EndsCleanlyIfACallbackExits) { expect_clean("ThatExitsInACallback"); }

}  // namespace
}  // namespace segment::test
