// Connections that break between two requests: the next call must neither fail because of it nor be
// done twice.
#include <gtest/gtest.h>

#include <list>

#include "socket_client.hpp"

namespace segment::test {
namespace {

class AKeptAliveConnection : public ::testing::Test {
 protected:
  /// Makes a connection that the server then ends by this step, and waits until it has ended.
  void warm_up(Step step) {
    const int before = server_.connections();
    server_.next(std::move(step));
    (void)client_.labels().list().to_vector();
    EXPECT_EQ(server_.connections(), before + 1);
    EXPECT_TRUE(server_.wait_for_ended_connections(before + 1));
  }

  /// Makes a connection that stays.
  void warm_up() { (void)client_.labels().list().to_vector(); }

  std::list<Gate> gates_;
  LoopbackServer server_;
  Client client_ = socket_client(server_.url(""));
};

const std::string no_labels = R"({"data":{"labels":[]}})";

TEST_F(AKeptAliveConnection, ThatWasClosedFailsNoCallAndSendsNoneTwice) {
  server_.always(answer_then_close(200, good_body()));
  for (const Verb& verb : every_verb()) {
    warm_up(answer_then_close(200, no_labels));
    const std::size_t before = server_.requests().size();
    EXPECT_NO_THROW(verb.call(client_, {.max_attempts = 1})) << verb.name;
    EXPECT_EQ(server_.requests().size(), before + 1) << verb.name;
    EXPECT_TRUE(server_.wait_for_ended_connections(server_.connections()));
  }
}

TEST_F(AKeptAliveConnection, ThatWasResetFailsNoCallAndSendsNoneTwice) {
  server_.always(answer_then_close(200, good_body()));
  for (const Verb& verb : every_verb()) {
    // The client must have read the response, or the reset discards it.
    Gate& response_is_read = gates_.emplace_back();
    server_.next([&](Connection& connection) {
      respond(200, no_labels)(connection);
      response_is_read.wait(connection.stop());
      connection.reset();
    });
    (void)client_.labels().list().to_vector();
    response_is_read.open();
    EXPECT_TRUE(server_.wait_for_ended_connections(server_.connections()));
    const std::size_t before = server_.requests().size();
    EXPECT_NO_THROW(verb.call(client_, {.max_attempts = 1})) << verb.name;
    EXPECT_EQ(server_.requests().size(), before + 1) << verb.name;
    EXPECT_TRUE(server_.wait_for_ended_connections(server_.connections()));
  }
}

// The server's end crosses the request on its way, so nobody can know whether it was seen.
TEST_F(AKeptAliveConnection, ThatEndsAsTheRequestArrivesFailsNoGetPutOrDelete) {
  for (const Step& end : {reset_before_reading(), close_without_answer(), reset_without_answer()}) {
    for (const Verb& verb : every_verb()) {
      if (!verb.idempotent) continue;
      server_.always(respond(200, no_labels));
      warm_up();
      server_.next(end).always(respond(200, good_body()));
      EXPECT_NO_THROW(verb.call(client_, {})) << verb.name;
    }
  }
}

TEST_F(AKeptAliveConnection, ThatEndsAsTheRequestArrivesLeavesAPostSentOnceWithAnUnknownOutcome) {
  for (const Step& end : {reset_before_reading(), reset_within_the_body(), close_without_answer(),
                          reset_without_answer()}) {
    for (const Verb& verb : every_verb()) {
      // Without a body it uses a new connection, which another test covers.
      if (verb.idempotent || std::string(verb.name) == "POST without body") continue;
      SCOPED_TRACE(verb.name);
      server_.always(respond(200, no_labels));
      warm_up();
      server_.next(end).always(respond(200, good_body()));
      const std::string start = std::string(verb.name) + " /sources";
      const int before = server_.times_received(start);
      const int connections = server_.connections();
      const auto error = thrown<TransportError>([&] { verb.call(client_, {}); });
      EXPECT_EQ(error.attempts(), 1);
      EXPECT_TRUE(error.outcome_unknown());
      EXPECT_LE(server_.times_received(start), before + 1);
      EXPECT_EQ(server_.requests().back().connection, connections) << "it was the kept-alive one";
      EXPECT_TRUE(contains(error.what(), "check before you call again")) << error.what();
      expect_presentable(error);
    }
  }
}

TEST_F(AKeptAliveConnection, ServesManyCallsOfEveryKind) {
  server_.always(respond(200, good_body()));
  warm_up();
  for (const Verb& verb : every_verb()) {
    if (std::string(verb.name) != "POST without body") verb.call(client_, {});
  }
  EXPECT_EQ(server_.connections(), 1);
}

TEST_F(AKeptAliveConnection, IsNotReusedAfterAnAbandonedResponse) {
  server_.next(endless_body()).always(respond(200, good_body()));
  const Client bounded = socket_client(server_.url(""), {.max_response_bytes = 1000});
  thrown<DecodeError>([&] { (void)bounded.workspaces().get(); });
  EXPECT_NO_THROW((void)bounded.workspaces().get());
  EXPECT_EQ(server_.requests().back().connection, 2);
}

}  // namespace
}  // namespace segment::test
