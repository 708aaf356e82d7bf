// No server can be reached: nothing is sent, and every call may be retried.
#include <gtest/gtest.h>

#include "socket_client.hpp"

namespace segment::test {
namespace {

void expect_unsent(const Client& client, std::string_view sentence, std::string_view what_to_do) {
  for (const Verb& verb : every_verb()) {
    SCOPED_TRACE(verb.name);
    const auto error = thrown<TransportError>([&] { verb.call(client, {}); });
    EXPECT_EQ(error.attempts(), 4) << "nothing was sent, so a POST is retried as well";
    EXPECT_TRUE(error.retryable());
    EXPECT_FALSE(error.outcome_unknown());
    EXPECT_TRUE(contains(error.what(), sentence)) << error.what();
    EXPECT_TRUE(contains(error.what(), what_to_do)) << error.what();
    EXPECT_FALSE(contains(error.what(), "password")) << error.what();
    expect_presentable(error);
  }
}

TEST(AnUnresolvableHost, IsReportedAsSuch) {
  // A label longer than DNS allows: refused without asking any server.
  const Client client = socket_client("https://" + std::string(70, 'x') + ".invalid");
  expect_unsent(client, "name could not be looked up", "check the base URL");
}

TEST(AClosedPort, IsReportedAsNoConnection) {
  const RefusingPort nobody;
  expect_unsent(socket_client(nobody.url("")), "No connection", "check the network");
}

class AProxy : public ::testing::Test {
 protected:
  Client client_behind(const std::string& proxy) {
    ClientOptions options;
    options.curl.proxy = proxy;
    return socket_client("https://segment.invalid", options);
  }

  std::string url_with_password() const {
    return "http://user:password@127.0.0.1:" + std::to_string(server_.port());
  }

  LoopbackServer server_;
};

TEST_F(AProxy, ThatRefusesIsNamedAndSeesNoToken) {
  for (const int status : {403, 407, 502, 503}) {
    server_.always(respond(status, "no"));
    expect_unsent(client_behind(url_with_password()), "No connection", "the proxy");
  }
  EXPECT_GT(server_.times_received("CONNECT segment.invalid:443"), 0);
  EXPECT_EQ(server_.times_received(std::string(test_token)), 0);
  EXPECT_EQ(server_.times_received("/sources"), 0);
}

// Only a TLS connection passes through a proxy unread.
TEST_F(AProxy, IsNotGivenAPlainRequestToThisMachine) {
  LoopbackServer api;
  api.always(respond(200, good_body()));
  ClientOptions options;
  options.curl.proxy = url_with_password();
  const Client client = socket_client(api.url(""), options);
  for (const Verb& verb : every_verb()) EXPECT_NO_THROW(verb.call(client, {})) << verb.name;
  EXPECT_EQ(api.requests().size(), every_verb().size());
  EXPECT_EQ(server_.connections(), 0);
}

TEST_F(AProxy, ThatClosesOrResetsIsNamed) {
  for (const Step& step : {close_without_answer(), reset_without_answer(), half_header()}) {
    server_.always(step);
    expect_unsent(client_behind(url_with_password()), "No connection", "the proxy");
  }
}

TEST_F(AProxy, ThatIsUnreachableIsNamed) {
  const RefusingPort nobody;
  expect_unsent(client_behind(nobody.url("")), "No connection", "the proxy");
}

TEST_F(AProxy, ThatIsUnresolvableIsReportedAsSuch) {
  expect_unsent(client_behind("http://" + std::string(70, 'x') + ".invalid:3128"),
                "name could not be looked up", "check the base URL");
}

}  // namespace
}  // namespace segment::test
