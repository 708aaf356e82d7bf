// Responses that try to fill the memory or to hold the caller for ever, over real sockets.
#include <gtest/gtest.h>

#include "socket_client.hpp"
#include "support/gzip.hpp"

namespace segment::test {
namespace {

/// Writes the beginning and then the piece again and again, until the client closes.
Step endless(std::string beginning, std::string piece) {
  return [beginning = std::move(beginning), piece = std::move(piece)](Connection& connection) {
    connection.read_request();
    bool going = connection.write(beginning);
    while (going) going = connection.write(piece);
    connection.close();
  };
}

class AHostileResponse : public ::testing::Test {
 protected:
  /// Checks the error of a call with each verb: it must be sent once, and its error be complete.
  template <class E>
  void expect(Step step, std::string_view part) {
    server_.always(std::move(step));
    for (const Verb& verb : every_verb()) {
      SCOPED_TRACE(verb.name);
      const std::size_t before = server_.requests().size();
      const auto error = thrown<E>([&] { verb.call(client_, {}); });
      EXPECT_TRUE(contains(error.what(), part)) << error.what();
      EXPECT_EQ(error.attempts(), 1) << "a retry would fail the same way";
      EXPECT_EQ(server_.requests().size(), before + 1);
      EXPECT_EQ(error.outcome_unknown(), verb.changes_something);
      EXPECT_FALSE(error.retryable());
      expect_presentable(error);
    }
  }

  static std::string bomb() { return gzip(std::string(std::size_t{32} << 20U, ' ')); }

  LoopbackServer server_;
  Client client_ = socket_client(server_.url(""), {.max_response_bytes = 100'000});
};

TEST_F(AHostileResponse, WithAnEndlessBodyIsCutOffAtTheBound) {
  expect<DecodeError>(endless_body(), "max_response_bytes");
}

TEST_F(AHostileResponse, WithEndlessChunksIsCutOffAtTheBound) {
  expect<DecodeError>(endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                              "400\r\n" + std::string(0x400, ' ') + "\r\n"),
                      "max_response_bytes");
}

TEST_F(AHostileResponse, WithAnOverflowingLengthIsCutOffAtTheBound) {
  expect<DecodeError>(
      endless("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", "          "),
      "max_response_bytes");
}

TEST_F(AHostileResponse, WithAnErrorStatusIsCutOffAtTheBoundToo) {
  expect<DecodeError>(endless("HTTP/1.1 500 No\r\n\r\n", std::string(8192, 'x')),
                      "max_response_bytes");
}

TEST_F(AHostileResponse, ThatIsACompressionBombIsCutOffAtTheBound) {
  const std::string packed = bomb();
  EXPECT_LT(packed.size(), (std::size_t{32} << 20U) / 900);
  expect<DecodeError>(respond(200, packed, {{"Content-Encoding", "gzip"}}), "max_response_bytes");
}

TEST_F(AHostileResponse, ThatIsABombWithinABombIsCutOffAtTheBound) {
  expect<DecodeError>(respond(200, gzip(bomb()), {{"Content-Encoding", "gzip, gzip"}}),
                      "max_response_bytes");
}

TEST_F(AHostileResponse, WithEndlessHeadersIsCutOff) {
  expect<DecodeError>(endless_headers(), "headers");
}

TEST_F(AHostileResponse, WithAnEndlessHeaderLineIsCutOff) {
  expect<DecodeError>(endless("HTTP/1.1 200 OK\r\nX-Long: ", std::string(8192, 'x')), "headers");
}

TEST_F(AHostileResponse, WithEndlessInterimResponsesIsCutOff) {
  expect<DecodeError>(endless("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), "headers");
}

TEST_F(AHostileResponse, WithEndlessTrailersIsCutOff) {
  expect<DecodeError>(
      endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n",
              "X-Trailer: " + std::string(500, 'x') + "\r\n"),
      "headers");
}

// Its Content-Length is right, but decompression never reached the end.
TEST_F(AHostileResponse, WithATruncatedCompressedBodyIsNeverTakenForACompleteOne) {
  const std::string packed = gzip(good_body());
  for (const std::size_t length : {packed.size() / 2, std::size_t{12}}) {
    server_.always(respond(200, packed.substr(0, length), {{"Content-Encoding", "gzip"}}));
    EXPECT_THROW((void)client_.workspaces().get(), Error) << length;
  }
}

TEST_F(AHostileResponse, WithAnUnknownCompressionIsAnError) {
  server_.always(respond(200, "????", {{"Content-Encoding", "mystery"}}));
  EXPECT_THROW((void)client_.workspaces().get(), Error);
}

}  // namespace
}  // namespace segment::test
