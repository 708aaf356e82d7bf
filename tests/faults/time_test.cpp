// Whatever takes too long is a TimeoutError, whichever limit ends it. The limits here are real, but
// the speed of the machine does not matter: what a test waits for never comes, and if the request
// has to reach the server first, the limit grows until it did.
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <optional>

#include "socket_client.hpp"
#include "support/enough_time.hpp"

namespace segment::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds briefly = 40ms;
constexpr milliseconds far_away = 1h;  // a call that only this would end hangs
constexpr milliseconds unbounded = 0ms;

/// Makes a call that must time out.
TimeoutError timed_out(const Client& client, const Verb& verb, const CallOptions& options = {}) {
  const auto error = thrown<TimeoutError>([&] { verb.call(client, options); });
  EXPECT_TRUE(contains(error.what(), "allow more time")) << error.what();
  expect_presentable(error);
  return error;
}

Timeouts timeouts(milliseconds connect, milliseconds per_attempt, milliseconds call) {
  return {.connect = connect, .per_attempt = per_attempt, .call = call, .stall = 0s};
}

struct Combination {
  const char* name;
  Timeouts (*of)(milliseconds limit);
};

class ConnectingToASilentHost : public ::testing::TestWithParam<Combination> {};

TEST_P(ConnectingToASilentHost, EndsAtTheFirstLimitWithNothingSent) {
  const SilentPort silence;
  for (const Verb& verb : every_verb()) {
    with_enough_time([&](milliseconds limit) {
      const Client client = socket_client(silence.url(""), {.timeouts = GetParam().of(limit)});
      const auto error = timed_out(client, verb, {.max_attempts = 1});
      if (error.attempts() == 0) return false;
      EXPECT_EQ(error.attempts(), 1);
      EXPECT_FALSE(error.outcome_unknown()) << verb.name;
      EXPECT_TRUE(error.retryable()) << verb.name;
      EXPECT_TRUE(contains(error.what(), "Connecting took too long")) << error.what();
      return true;
    });
  }
}

INSTANTIATE_TEST_SUITE_P(
    WhicheverItIs, ConnectingToASilentHost,
    ::testing::Values(
        Combination{"ConnectBeforeAttempt",
                    [](milliseconds limit) { return timeouts(limit, far_away, far_away); }},
        Combination{"AttemptBeforeConnect",
                    [](milliseconds limit) { return timeouts(far_away, limit, far_away); }},
        Combination{"CallBeforeBoth",
                    [](milliseconds limit) { return timeouts(far_away, far_away, limit); }},
        Combination{"ConnectAlone",
                    [](milliseconds limit) { return timeouts(limit, unbounded, unbounded); }},
        Combination{"AttemptAlone",
                    [](milliseconds limit) { return timeouts(unbounded, limit, unbounded); }},
        Combination{"CallAlone",
                    [](milliseconds limit) { return timeouts(unbounded, unbounded, limit); }},
        Combination{"BothAlike", [](milliseconds limit) { return timeouts(limit, limit, limit); }}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ConnectingToASilentHost, IsRetriedEvenForAPost) {
  const SilentPort silence;
  const Client client = socket_client(silence.url(""), {.timeouts = {.connect = 10ms}});
  for (const Verb& verb : every_verb())
    EXPECT_EQ(timed_out(client, verb).attempts(), 4) << verb.name;
}

TEST(ASilentProxy, CausesATimeoutWithNothingSent) {
  const SilentPort silence;
  ClientOptions options{.timeouts = {.connect = briefly}};
  options.curl.proxy = silence.url("");
  const Client client = socket_client("https://segment.invalid", options);
  EXPECT_FALSE(timed_out(client, every_verb().back(), {.max_attempts = 1}).outcome_unknown());
}

// --- A server that is slow -----------------------------------------------------------------------

/// Sends headers, or a chunk's size, one byte at a time, for ever.
Step trickle_after(std::string beginning) {
  return [beginning = std::move(beginning)](Connection& connection) {
    connection.read_request();
    bool going = connection.write(beginning);
    while (going) going = connection.pause(2ms) && connection.write("x");
    connection.close();
  };
}

// Each limit alone must be enough.
Timeouts by_attempt(milliseconds limit) { return timeouts(far_away, limit, unbounded); }
Timeouts by_call(milliseconds limit) { return timeouts(unbounded, unbounded, limit); }

/// Makes the call to a server with this step, under a limit that lets each attempt reach it.
TimeoutError timed_out_at(const Step& step, Timeouts (*timeouts)(milliseconds),
                          const std::function<TimeoutError(const Client&)>& call) {
  std::optional<TimeoutError> error;
  with_enough_time([&](milliseconds limit) {
    LoopbackServer server;
    server.always(step);
    error = call(socket_client(server.url(""), {.timeouts = timeouts(limit)}));
    const int arrived = server.times_received(" HTTP/1.1\r\n");
    if (error->attempts() == 0 || arrived < error->attempts()) return false;
    EXPECT_EQ(arrived, error->attempts());
    return true;
  });
  return *error;
}

void expect_timeout_at(const Step& step) {
  for (const Verb& verb : every_verb()) {
    const auto error = timed_out_at(step, by_attempt, [&](const Client& client) {
      return timed_out(client, verb, {.max_attempts = 2});
    });
    EXPECT_EQ(error.attempts(), verb.idempotent ? 2 : 1) << verb.name;
    EXPECT_EQ(error.outcome_unknown(), verb.changes_something) << verb.name;
  }
}

TEST(ASlowServer, ThatNeverRespondsCausesATimeout) { expect_timeout_at(silence()); }

TEST(ASlowServer, ThatNeverRespondsCausesATimeoutByTheCallsLimitToo) {
  const auto error = timed_out_at(silence(), by_call, [](const Client& client) {
    return timed_out(client, every_verb().back());
  });
  EXPECT_EQ(error.attempts(), 1);
  EXPECT_TRUE(error.outcome_unknown());
}

TEST(ASlowServer, WhoseHeadersTrickleCausesATimeout) {
  expect_timeout_at(trickle_after("HTTP/1.1 200 OK\r\nX-Slow: "));
}

TEST(ASlowServer, WhoseBodyTricklesCausesATimeout) {
  expect_timeout_at(slow_drip(std::string(100'000, ' '), 2ms));
}

TEST(ASlowServer, WhoseChunkNeverStartsCausesATimeout) {
  expect_timeout_at(trickle_after("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;note="));
}

TEST(ASlowServer, ThatDoesNotReadTheRequestCausesATimeoutWithAnUnknownOutcome) {
  const Step reads_the_head_alone = [](Connection& connection) {
    connection.read_head();
    connection.pause(far_away);
    connection.close();
  };
  Json body = Json::object();
  body["name"] = std::string(std::size_t{16} << 20U, 'x');  // more than the sockets hold
  const auto error = timed_out_at(reads_the_head_alone, by_attempt, [&](const Client& client) {
    return thrown<TimeoutError>(
        [&] { (void)client.call(http::Method::post, "/anything", {}, body); });
  });
  EXPECT_EQ(error.attempts(), 1);
  EXPECT_TRUE(error.outcome_unknown());
  expect_presentable(error);
}

// The only test that needs a second, because the stall limit is in seconds.
TEST(ASlowServer, ThatStopsWithinTheBodyCausesATimeoutByTheStallLimit) {
  LoopbackServer server;
  server.always([](Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
    connection.wait_until_client_leaves();
    connection.close();
  });
  Timeouts guard = timeouts(unbounded, unbounded, unbounded);
  guard.stall = 1s;
  const Client client = socket_client(server.url(""), {.timeouts = guard});
  EXPECT_EQ(timed_out(client, every_verb().front(), {.max_attempts = 1}).attempts(), 1);
}

}  // namespace
}  // namespace segment::test
