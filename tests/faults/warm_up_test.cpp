// Connections opened before they are needed, and TLS sessions that the next ones resume.
#include <gtest/gtest.h>

#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "segment/api/workspaces.hpp"
#include "segment/async_client.hpp"
#include "segment/nothrow_client.hpp"
#include "support/by_each_front.hpp"
#include "support/dead_ports.hpp"
#include "tls_fixture.hpp"

namespace segment::test {
namespace {

using testing::By;

/// Warms a client up through one of its fronts, and throws its error.
void warm_up(By by, const Client& client, const CallOptions& options = {}) {
  testing::made_by(by, client, [&](const auto& of_front) { return of_front.warm_up(options); });
}

class WarmingUp : public ::testing::TestWithParam<By> {
 protected:
  WarmingUp() { server_.always(respond(200, good_body())); }

  LoopbackServer server_;
  Client client_ = socket_client(server_.url(""));
};

INSTANTIATE_TEST_SUITE_P(EachFront, WarmingUp, ::testing::ValuesIn(testing::every_front));

TEST_P(WarmingUp, OpensTheConnectionThatTheNextCallUses) {
  warm_up(GetParam(), client_);
  ASSERT_EQ(server_.requests().size(), 1U);
  EXPECT_TRUE(server_.requests().front().text.starts_with("GET / HTTP/1.1\r\n"));
  (void)testing::made_by(GetParam(), client_,
                         [](const auto& client) { return client.workspaces().get(); });
  EXPECT_EQ(server_.requests().back().connection, server_.requests().front().connection);
}

TEST_P(WarmingUp, AcceptsAnyResponse) {
  for (const int status : {200, 204, 401, 404, 429, 500, 503}) {
    server_.next(respond(status, status == 200 ? "not JSON" : ""));
    EXPECT_NO_THROW(warm_up(GetParam(), client_)) << status;
  }
  EXPECT_EQ(server_.requests().size(), 7U) << "none of them is retried";
}

TEST_P(WarmingUp, ReportsAnUnreachableServer) {
  const RefusingPort nobody;
  const auto error =
      thrown<TransportError>([&] { warm_up(GetParam(), socket_client(nobody.url(""))); });
  EXPECT_EQ(error.attempts(), 4);
  EXPECT_FALSE(error.outcome_unknown());
  expect_presentable(error);
}

TEST_P(WarmingUp, EndsOnAStopRequest) {
  std::stop_source stop;
  stop.request_stop();
  thrown<CancelledError>([&] { warm_up(GetParam(), client_, {.stop = stop.get_token()}); });
}

// Over TLS ----------------------------------------------------------------------------------------

class ResumedSessions : public Tls, public ::testing::WithParamInterface<By> {
 protected:
  void SetUp() override {
    Tls::SetUp();
    if (!IsSkipped()) authority_->issue("good");
  }

  /// nginx that reports in a header whether a connection's session was resumed: `r`, else a dot.
  Nginx::Server reporting(const std::string& more = {}) {
    return with_certificate("good",
                            "ssl_session_cache shared:sessions:1m;\n"
                            "add_header X-Session $ssl_session_reused;\n" +
                                more);
  }

  std::string session_of_a_call(const Client& client) {
    return session_of_a_call(GetParam(), client);
  }
  static std::string session_of_a_call(By by, const Client& client) {
    std::string session;
    const CallOptions options{.on_response = [&](const http::Response& response) {
      session = response.headers.find("X-Session").value_or("none");
    }};
    (void)testing::made_by(
        by, client, [&](const auto& of_front) { return of_front.workspaces().get(options); });
    return session;
  }
};

INSTANTIATE_TEST_SUITE_P(EachFront, ResumedSessions, ::testing::ValuesIn(testing::every_front));

TEST_P(ResumedSessions, AreUsedByEveryConnectionButTheFirst) {
  const Nginx nginx({reporting("keepalive_timeout 0;")});
  const Client calling = client(nginx.url(0));
  EXPECT_EQ(session_of_a_call(calling), ".");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(session_of_a_call(calling), "r");
}

TEST_P(ResumedSessions, AreSharedByTheFrontsOfAClient) {
  const Nginx nginx({reporting("keepalive_timeout 0;")});
  const Client calling = client(nginx.url(0));
  warm_up(GetParam(), calling);
  for (const By by : testing::every_front) EXPECT_EQ(session_of_a_call(by, calling), "r");
}

TEST_P(ResumedSessions, AreUsedByConcurrentConnections) {
  const Nginx nginx({reporting()});
  const Client calling = client(nginx.url(0));
  warm_up(GetParam(), calling);
  Gate second_has_come;
  server_.next(after(second_has_come, respond(200, good_body())));
  std::string first;
  std::jthread beside([&] { first = session_of_a_call(calling); });
  EXPECT_TRUE(server_.wait_for_requests(2));
  EXPECT_EQ(session_of_a_call(calling), "r") << "another connection, on which a session is resumed";
  second_has_come.open();
  beside.join();
  EXPECT_EQ(first, ".") << "the connection that was opened beforehand";
}

TEST_P(ResumedSessions, AreNotStartedWithAnUntrustedServer) {
  authority_->issue("other", {.names = "DNS:elsewhere.invalid"});
  const Nginx nginx({with_certificate("other")});
  const auto error = thrown<TlsError>([&] { warm_up(GetParam(), client(nginx.url(0))); });
  EXPECT_EQ(error.reason(), TlsReason::wrong_host);
  EXPECT_TRUE(server_.requests().empty());
}

}  // namespace
}  // namespace segment::test
