// Connections that break before, during and after a request, as seen by the caller of the client.
#include <gtest/gtest.h>

#include <semaphore>

#include "socket_client.hpp"

namespace segment::test {
namespace {

struct Fault {
  const char* name;
  Step (*step)();
};

Step head_cut_within_a_line() { return half_header(); }
Step body_shorter_than_its_length() { return cut_body(R"({"data":{"st)", 500); }
Step chunks_that_do_not_end() {
  return raw_answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"data\":\r\n");
}
Step chunk_without_a_size() {
  return raw_answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n");
}
Step length_not_a_number() {
  return raw_answer("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}");
}
Step length_below_zero() { return raw_answer("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}"); }
Step no_http_at_all() { return raw_answer("220 mail.example ESMTP ready, and some more\r\n\r\n"); }

class ABrokenConnection : public ::testing::TestWithParam<Fault> {
 protected:
  /// How many requests started to arrive.
  int times_sent() const { return server_.times_received(" HTTP/1.1\r\n"); }

  LoopbackServer server_;
  Client client_ = socket_client(server_.url(""));
};

TEST_P(ABrokenConnection, IsRetriedIfTheRequestIsIdempotent) {
  for (const Verb& verb : every_verb()) {
    if (!verb.idempotent) continue;
    server_.next(GetParam().step()).next(respond(200, good_body()));
    EXPECT_NO_THROW(verb.call(client_, {})) << verb.name;
  }
}

TEST_P(ABrokenConnection, ThatKeepsBreakingIsAnErrorAfterFourAttempts) {
  server_.always(GetParam().step());
  for (const Verb& verb : every_verb()) {
    if (!verb.idempotent) continue;
    SCOPED_TRACE(verb.name);
    const auto error = thrown<TransportError>([&] { verb.call(client_, {}); });
    EXPECT_EQ(error.attempts(), 4);
    EXPECT_TRUE(error.retryable());
    EXPECT_EQ(error.outcome_unknown(), verb.changes_something);
    EXPECT_TRUE(contains(error.what(), "gave up after 4 attempts")) << error.what();
    EXPECT_TRUE(
        contains(error.what(), verb.changes_something ? "check before you" : "try again later"))
        << error.what();
    expect_presentable(error);
  }
}

TEST_P(ABrokenConnection, LeavesAPostSentOnceWithItsOutcomeUnknown) {
  server_.always(GetParam().step());
  for (const Verb& verb : every_verb()) {
    if (verb.idempotent) continue;
    SCOPED_TRACE(verb.name);
    const int before = times_sent();
    const auto error = thrown<TransportError>([&] { verb.call(client_, {}); });
    EXPECT_LE(times_sent(), before + 1);
    EXPECT_EQ(error.attempts(), 1);
    EXPECT_TRUE(error.outcome_unknown());
    EXPECT_FALSE(error.retryable());
    EXPECT_TRUE(contains(error.what(), "check before you call again")) << error.what();
    expect_presentable(error);
  }
}

INSTANTIATE_TEST_SUITE_P(All, ABrokenConnection,
                         ::testing::Values(Fault{"ResetBeforeItWasRead", reset_before_reading},
                                           Fault{"ResetWithinTheRequest", reset_within_the_body},
                                           Fault{"ResetAfterTheRequest", reset_without_answer},
                                           Fault{"ClosedAfterTheRequest", close_without_answer},
                                           Fault{"HalfAHeader", head_cut_within_a_line},
                                           Fault{"BodyShorterThanItsLength",
                                                 body_shorter_than_its_length},
                                           Fault{"ChunksThatDoNotEnd", chunks_that_do_not_end},
                                           Fault{"ChunkWithoutASize", chunk_without_a_size},
                                           Fault{"LengthNotANumber", length_not_a_number},
                                           Fault{"LengthBelowZero", length_below_zero},
                                           Fault{"NoHttpAtAll", no_http_at_all}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(AConnectionResetAtTheStart, NeverMakesARequestArriveTwice) {
  for (const Verb& verb : every_verb()) {
    SCOPED_TRACE(verb.name);
    LoopbackServer server;
    server.when_connected([](Connection& connection) { connection.reset(); });
    const Client client = socket_client(server.url(""));
    const auto error = thrown<TransportError>([&] { verb.call(client, {}); });
    EXPECT_TRUE(server.requests().empty());
    // Whether the system accepted the bytes before the reset arrived is a matter of luck.
    EXPECT_TRUE(error.attempts() == 4 || error.outcome_unknown());
    expect_presentable(error);
  }
}

// Excess bytes from a server must not be taken for the response to the next request.
TEST(AResponseLongerThanItsLength, IsNeverTakenForTheNextResponse) {
  const std::string extra =
      "HTTP/1.1 200 OK\r\nContent-Length: 43\r\n\r\n"
      R"({"data":{"workspace":{"id":"not-for-you"}}})";
  const std::string first =
      "HTTP/1.1 200 OK\r\nContent-Length: 33\r\n\r\n"
      R"({"data":{"workspace":{"id":"1"}}})";
  for (const bool comes_at_once : {true, false}) {
    Gate first_is_read;
    std::binary_semaphore is_sent{0};
    LoopbackServer server;
    server.always(respond(200, R"({"data":{"workspace":{"id":"2"}}})"))
        .next([&](Connection& connection) {
          connection.read_request();
          connection.write(comes_at_once ? first + extra : first);
          first_is_read.wait(connection.stop());
          if (!comes_at_once) connection.write(extra);
          is_sent.release();
        });
    const Client client = socket_client(server.url(""));
    EXPECT_EQ(client.workspaces().get().id.text(), "1");
    first_is_read.open();
    is_sent.acquire();
    EXPECT_EQ(client.workspaces().get().id.text(), "2");
  }
}

}  // namespace
}  // namespace segment::test
