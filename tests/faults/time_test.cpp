// Whatever takes too long is a TimeoutError, by whichever limit ends it. The times here are real.
#include <gtest/gtest.h>

#include <chrono>

#include "socket_client.hpp"

namespace segment::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds briefly = 40ms;
constexpr milliseconds far_away = 60s;
constexpr milliseconds unbounded = 0ms;

/// Makes the call, which must time out, and long before anything far away could have ended it.
TimeoutError timed_out(const Client& client, const Verb& verb, const CallOptions& options = {}) {
  const auto start = std::chrono::steady_clock::now();
  const auto error = thrown<TimeoutError>([&] { verb.call(client, options); });
  EXPECT_LT(std::chrono::steady_clock::now() - start, far_away / 4);
  EXPECT_TRUE(contains(error.what(), "allow it more time")) << error.what();
  expect_presentable(error);
  return error;
}

struct Combination {
  const char* name;
  Timeouts timeouts;
};

Timeouts timeouts(milliseconds connect, milliseconds one_try, milliseconds call) {
  return {.connect = connect, .one_try = one_try, .call = call, .stall = 0s};
}

class ConnectingToSilence : public ::testing::TestWithParam<Combination> {};

TEST_P(ConnectingToSilence, EndsAtTheFirstLimitWithNothingSent) {
  const SilentPort silence;
  const Client client = socket_client(silence.url(""), {.timeouts = GetParam().timeouts});
  for (const Verb& verb : every_verb()) {
    const auto error = timed_out(client, verb, {.max_tries = 1});
    EXPECT_EQ(error.tries(), 1);
    EXPECT_FALSE(error.outcome_unknown()) << verb.name;
    EXPECT_TRUE(error.retryable()) << verb.name;
    EXPECT_TRUE(contains(error.what(), "Connecting took too long")) << error.what();
  }
}

INSTANTIATE_TEST_SUITE_P(
    WhicheverItIs, ConnectingToSilence,
    ::testing::Values(Combination{"ConnectBeforeTry", timeouts(briefly, far_away, far_away)},
                      Combination{"TryBeforeConnect", timeouts(far_away, briefly, far_away)},
                      Combination{"CallBeforeBoth", timeouts(far_away, far_away, briefly)},
                      Combination{"ConnectAlone", timeouts(briefly, unbounded, unbounded)},
                      Combination{"TryAlone", timeouts(unbounded, briefly, unbounded)},
                      Combination{"CallAlone", timeouts(unbounded, unbounded, briefly)},
                      Combination{"BothAlike", timeouts(briefly, briefly, briefly)}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ConnectingToSilence, IsTriedAgainEvenWithAPost) {
  const SilentPort silence;
  const Client client = socket_client(silence.url(""), {.timeouts = {.connect = 10ms}});
  for (const Verb& verb : every_verb()) EXPECT_EQ(timed_out(client, verb).tries(), 4) << verb.name;
}

TEST(AProxyThatIsSilent, IsATimeoutWithNothingSent) {
  const SilentPort silence;
  ClientOptions options{.timeouts = {.connect = briefly}};
  options.curl.proxy = silence.url("");
  const Client client = socket_client("https://segment.invalid", options);
  EXPECT_FALSE(timed_out(client, every_verb().back(), {.max_tries = 1}).outcome_unknown());
}

// --- A server that is slow -----------------------------------------------------------------------

/// Sends headers, or a chunk's size, a byte now and then, for ever.
Step drip_behind(std::string beginning) {
  return [beginning = std::move(beginning)](Connection& connection) {
    connection.read_request();
    bool going = connection.write(beginning);
    while (going) going = connection.pause(2ms) && connection.write("x");
    connection.close();
  };
}

class ASlowServer : public ::testing::Test {
 protected:
  void expect_timeout(Step step, const Timeouts& timeouts) {
    server_.always(std::move(step));
    const Client client = socket_client(server_.url(""), {.timeouts = timeouts});
    for (const Verb& verb : every_verb()) {
      const std::size_t before = server_.requests().size();
      const auto error = timed_out(client, verb, {.max_tries = 2});
      const int tries = verb.may_be_resent ? 2 : 1;
      EXPECT_EQ(error.tries(), tries) << verb.name;
      // The server may be slower to read than the client was to give up.
      const std::size_t sent = before + static_cast<std::size_t>(tries);
      EXPECT_TRUE(server_.wait_for_requests(sent)) << verb.name;
      EXPECT_EQ(server_.requests().size(), sent) << verb.name;
      EXPECT_EQ(error.outcome_unknown(), verb.changes_something) << verb.name;
    }
  }

  LoopbackServer server_;
  // Each of them alone must do.
  const Timeouts by_try_ = timeouts(far_away, briefly, unbounded);
  const Timeouts by_call_ = timeouts(unbounded, unbounded, briefly);
};

TEST_F(ASlowServer, ThatNeverAnswersIsATimeout) { expect_timeout(silence(), by_try_); }

TEST_F(ASlowServer, ThatNeverAnswersIsATimeoutByTheCallsLimitToo) {
  server_.always(silence());
  const Client client = socket_client(server_.url(""), {.timeouts = by_call_});
  EXPECT_TRUE(timed_out(client, every_verb().back()).outcome_unknown());
}

TEST_F(ASlowServer, WhoseHeadersDripIsATimeout) {
  expect_timeout(drip_behind("HTTP/1.1 200 OK\r\nX-Slow: "), by_try_);
}

TEST_F(ASlowServer, WhoseBodyDripsIsATimeout) {
  expect_timeout(slow_drip(std::string(100'000, ' '), 2ms), by_try_);
}

TEST_F(ASlowServer, WhoseChunkNeverBeginsIsATimeout) {
  expect_timeout(drip_behind("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;note="),
                 by_try_);
}

TEST_F(ASlowServer, ThatDoesNotReadTheRequestIsATimeoutInDoubt) {
  server_.always([](Connection& connection) {
    connection.read_head();
    connection.pause(far_away);
    connection.close();
  });
  const Client client = socket_client(server_.url(""), {.timeouts = by_try_});
  Json body = Json::object();
  body["name"] = std::string(std::size_t{16} << 20U, 'x');  // more than the sockets hold
  const auto error =
      thrown<TimeoutError>([&] { (void)client.call(http::Method::post, "/anything", {}, body); });
  EXPECT_EQ(error.tries(), 1);
  EXPECT_TRUE(error.outcome_unknown());
  expect_presentable(error);
}

// The one test that needs a second: the guard counts in seconds.
TEST_F(ASlowServer, ThatStopsWithinTheBodyIsATimeoutByTheStallGuard) {
  server_.always([](Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
    connection.wait_until_client_leaves();
    connection.close();
  });
  Timeouts guard = timeouts(unbounded, unbounded, unbounded);
  guard.stall = 1s;
  const Client client = socket_client(server_.url(""), {.timeouts = guard});
  EXPECT_EQ(timed_out(client, every_verb().front(), {.max_tries = 1}).tries(), 1);
}

}  // namespace
}  // namespace segment::test
