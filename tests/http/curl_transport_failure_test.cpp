// Each way in which an exchange can fail, and how the transport reports it.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

#include "../support/enough_time.hpp"
#include "../support/gzip.hpp"
#include "../support/loopback_server.hpp"
#include "../support/transport_under_test.hpp"

namespace segment::test {
namespace {

using http::FailureKind;
using http::Method;
using namespace std::chrono_literals;

class CurlTransportFailure : public ::testing::Test {
 protected:
  http::Failure fail(http::Request request) { return fail(transport_, std::move(request)); }

  static http::Failure fail(TransportUnderTest& transport, http::Request request) {
    const http::Outcome outcome = transport.send(request);
    const auto* failure = std::get_if<http::Failure>(&outcome);
    if (failure != nullptr) {
      EXPECT_EQ(failure->message.find("hidden"), std::string::npos) << failure->message;
      EXPECT_TRUE(failure->message.ends_with('.')) << failure->message;
      return *failure;
    }
    ADD_FAILURE() << "there was a response";
    return {};
  }

  /// A request with the word `hidden` in every part that must not appear in a message.
  http::Request request(Method method = Method::post) {
    http::Request made{.method = method,
                       .url = server_.url("/hidden?hidden=1"),
                       .headers = {{"Authorization", "Bearer hidden"}}};
    if (method != Method::get) made.body = "hidden";
    return made;
  }

  /// The same over TLS, which the server does not speak.
  http::Request secure_request() {
    http::Request made = request();
    made.url = "https" + made.url.substr(4);
    return made;
  }

  void expect_broken(Step step) {
    server_.next(std::move(step));
    const http::Failure failure = fail(request());
    EXPECT_EQ(failure.kind, FailureKind::broken) << failure.message;
    EXPECT_TRUE(failure.may_have_been_sent);
    EXPECT_EQ(server_.times_received("POST "), 1);
  }

  LoopbackServer server_;
  TransportUnderTest transport_{{.proxy = "none"}};
};

// --- No connection -------------------------------------------------------------------------------

TEST_F(CurlTransportFailure, ReportsANameThatCannotBeResolvedAsResolve) {
  http::Request to_nowhere = request();
  // A label longer than DNS allows: refused without asking any server.
  to_nowhere.url = "http://" + std::string(70, 'x') + ".invalid/hidden";
  const http::Failure failure = fail(to_nowhere);
  EXPECT_EQ(failure.kind, FailureKind::resolve) << failure.message;
  EXPECT_FALSE(failure.may_have_been_sent);
}

TEST_F(CurlTransportFailure, ReportsARefusedConnectionAsConnect) {
  const RefusingPort nobody;
  http::Request to_nobody = request();
  to_nobody.url = nobody.url("/hidden");
  const http::Failure failure = fail(to_nobody);
  EXPECT_EQ(failure.kind, FailureKind::connect);
  EXPECT_FALSE(failure.may_have_been_sent);
}

TEST_F(CurlTransportFailure, ReportsARefusalByTheProxyAsConnect) {
  server_.always(respond(407, "no", {{"X-Hidden", "hidden"}}));
  std::string proxy = server_.url("");
  proxy.insert(7, "user:hidden@");
  TransportUnderTest through_proxy({.proxy = proxy});
  const http::Failure failure =
      fail(through_proxy, {.method = Method::post, .url = "https://segment.invalid/hidden"});
  EXPECT_EQ(failure.kind, FailureKind::connect) << failure.message;
  EXPECT_FALSE(failure.may_have_been_sent);
}

TEST_F(CurlTransportFailure, ReportsAnInvalidProxyWithoutItsPassword) {
  for (const std::string proxy : {"http://user:hidden@:x", "odd://user:hidden@127.0.0.1:1"}) {
    TransportUnderTest through_proxy({.proxy = proxy});
    EXPECT_FALSE(fail(through_proxy, secure_request()).may_have_been_sent);
  }
}

TEST_F(CurlTransportFailure, ReportsAnInvalidUrlAsOther) {
  for (const std::string url : {"", "hidden", "ftp://127.0.0.1/hidden", "file:///hidden",
                                "http://127.0.0.1:99999/hidden", "http://a b/hidden"}) {
    const http::Failure failure = fail({.url = url});
    EXPECT_EQ(failure.kind, FailureKind::other) << url << failure.message;
    EXPECT_FALSE(failure.may_have_been_sent);
  }
}

TEST_F(CurlTransportFailure, ReportsAFailedHandshakeAsTls) {
  server_.next([](Connection& connection) {
    connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    connection.wait_until_client_leaves();
    connection.close();
  });
  const http::Failure failure = fail(secure_request());
  EXPECT_EQ(failure.kind, FailureKind::tls) << failure.message;
  EXPECT_FALSE(failure.may_have_been_sent);
}

TEST_F(CurlTransportFailure, ReportsAMissingAuthorityFileAsTls) {
  TransportUnderTest strict({.ca_file = "/nonexistent/authorities.pem", .proxy = "none"});
  const http::Failure failure = fail(strict, secure_request());
  EXPECT_EQ(failure.kind, FailureKind::tls) << failure.message;
  EXPECT_FALSE(failure.may_have_been_sent);
}

// --- No complete response ------------------------------------------------------------------------

TEST_F(CurlTransportFailure, ReportsAConnectionClosedWithoutResponseAsBroken) {
  expect_broken(close_without_answer());
}

TEST_F(CurlTransportFailure, ReportsAResetAsBroken) { expect_broken(reset_without_answer()); }

TEST_F(CurlTransportFailure, ReportsHalfAHeaderAsBroken) { expect_broken(half_header()); }

TEST_F(CurlTransportFailure, ReportsATruncatedBodyAsBroken) {
  expect_broken(cut_body(R"({"data":)", 100));
}

TEST_F(CurlTransportFailure, ReportsATruncatedChunkAsBroken) {
  expect_broken(raw_answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"data\""));
}

TEST_F(CurlTransportFailure, ReportsAResponseThatIsNotHttpAsBroken) {
  expect_broken(raw_answer("SSH-2.0-OpenSSH_9.2 and some more\r\n\r\n"));
}

TEST_F(CurlTransportFailure, ReportsABodyThatContradictsItsEncodingAsBroken) {
  expect_broken(respond(200, "not compressed", {{"Content-Encoding", "gzip"}}));
}

TEST_F(CurlTransportFailure, ReportsGzipOfSeveralMembersAsBrokenAndSaysSo) {
  const std::string two = gzip(std::string(100'000, ' ')) + gzip("{}");
  server_.next(respond(200, two, {{"Content-Encoding", "gzip"}}));
  const http::Failure failure = fail(request());
  EXPECT_EQ(failure.kind, FailureKind::broken);
  EXPECT_NE(failure.message.find("gzip of several members"), std::string::npos) << failure.message;
}

TEST_F(CurlTransportFailure, ReportsAnEndlessBodyAsTooLarge) {
  server_.next(endless_body());
  http::Request bounded = request();
  bounded.limits.max_response_bytes = 100'000;
  EXPECT_EQ(fail(bounded).kind, FailureKind::too_large);
}

TEST_F(CurlTransportFailure, ReportsEndlessHeadersAsTooLarge) {
  server_.next(endless_headers());
  const http::Failure failure = fail(request());
  EXPECT_EQ(failure.kind, FailureKind::too_large) << failure.message;
}

TEST_F(CurlTransportFailure, LeavesTheHandleUsable) {
  server_.next(cut_body("x", 2)).always(silence());
  EXPECT_EQ(fail(request()).kind, FailureKind::broken);
  http::Request impatient = request();
  impatient.limits.attempt_timeout = 50ms;
  EXPECT_EQ(fail(impatient).kind, FailureKind::timeout);
  server_.always(respond(200, "well"));
  const http::Outcome outcome = transport_.send(request());
  ASSERT_TRUE(std::holds_alternative<http::Response>(outcome));
  EXPECT_EQ(std::get<http::Response>(outcome).body, "well");
}

// --- Time ----------------------------------------------------------------------------------------

TEST_F(CurlTransportFailure, ReportsALateResponseAsATimeout) {
  with_enough_time([this](std::chrono::milliseconds limit) {
    LoopbackServer server;
    server.always(silence());
    http::Request impatient = request();
    impatient.url = server.url("/hidden?hidden=1");
    impatient.limits.attempt_timeout = limit;
    const http::Failure failure = fail(impatient);
    EXPECT_EQ(failure.kind, FailureKind::timeout);
    if (server.requests().empty()) return false;
    EXPECT_TRUE(failure.may_have_been_sent);
    return true;
  });
}

TEST_F(CurlTransportFailure, ReportsATricklingResponseAsATimeout) {
  server_.always(slow_drip(std::string(10'000, 'x'), 5ms));
  http::Request impatient = request();
  impatient.limits.attempt_timeout = 50ms;
  EXPECT_EQ(fail(impatient).kind, FailureKind::timeout);
}

TEST_F(CurlTransportFailure, ReportsASlowHandshakeAsATimeoutWithNothingSent) {
  server_.next(silence());
  http::Request impatient = secure_request();
  impatient.limits.connect_timeout = 50ms;
  const http::Failure failure = fail(impatient);
  EXPECT_EQ(failure.kind, FailureKind::timeout) << failure.message;
  EXPECT_FALSE(failure.may_have_been_sent);
}

TEST_F(CurlTransportFailure, ReportsAStallAsATimeout) {
  server_.next(silence());
  // Without a body: libcurl averages over some seconds, so a body that was sent would delay it.
  http::Request impatient = request(Method::get);
  impatient.limits.stall_timeout = 1s;
  impatient.limits.attempt_timeout = 0ms;
  const http::Failure failure = fail(impatient);
  EXPECT_EQ(failure.kind, FailureKind::timeout) << failure.message;
}

TEST_F(CurlTransportFailure, TakesLimitsOfZeroForNone) {
  http::Request patient = request();
  patient.limits = {
      .connect_timeout = 0ms, .attempt_timeout = 0ms, .stall_timeout = 0s, .max_response_bytes = 0};
  EXPECT_TRUE(std::holds_alternative<http::Response>(transport_.send(patient)));
}

TEST_F(CurlTransportFailure, ReportsANegativeTimeLimitAsATimeout) {
  server_.next([](Connection& connection) {  // responds, but only after a long time
    if (connection.read_request() == nullptr || !connection.pause(10s)) return;
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  http::Request late = request();
  late.limits.attempt_timeout = -5ms;
  late.limits.stall_timeout = 0s;
  EXPECT_EQ(fail(late).kind, FailureKind::timeout);
}

// --- Cancellation --------------------------------------------------------------------------------

class CurlTransportStop : public CurlTransportFailure {
 protected:
  /// Sends a request that only the stop can end: no time limit could wake the transport.
  http::Failure fail_by_stop(http::Request request) {
    request.stop = stop_.get_token();
    request.limits = {.connect_timeout = 0ms, .attempt_timeout = 0ms, .stall_timeout = 0s};
    http::Failure failure = fail(std::move(request));
    EXPECT_EQ(failure.kind, FailureKind::cancelled) << failure.message;
    return failure;
  }

  std::stop_source stop_;
};

TEST_F(CurlTransportStop, EndsTheWaitForAResponseImmediately) {
  // Over a kept-alive connection: libcurl's timers for connecting would wake it soon anyway.
  static_cast<void>(transport_.send(request(Method::get)));
  server_.next(silence());
  const std::jthread other([this] {
    EXPECT_TRUE(server_.wait_for_requests(2));
    stop_.request_stop();
  });
  EXPECT_TRUE(fail_by_stop(request()).may_have_been_sent);
}

TEST_F(CurlTransportStop, EndsReadingABodyImmediately) {
  server_.next([this](Connection& connection) {
    connection.read_request();
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    stop_.request_stop();
    connection.wait_until_client_leaves();
    connection.close();
  });
  EXPECT_TRUE(fail_by_stop(request()).may_have_been_sent);
}

TEST_F(CurlTransportStop, EndsSendingABodyImmediately) {
  server_.next([this](Connection& connection) {
    connection.read_head();
    stop_.request_stop();
    connection.pause(1min);  // Reads no more until the client leaves.
    connection.close();
  });
  http::Request large = request();
  large.body->resize(std::size_t{32} << 20U);  // More than the sockets buffer.
  EXPECT_TRUE(fail_by_stop(large).may_have_been_sent);
}

TEST_F(CurlTransportStop, EndsConnectingImmediatelyWithNothingSent) {
  server_.next([this](Connection& connection) {
    stop_.request_stop();
    connection.wait_until_client_leaves();
    connection.close();
  });
  EXPECT_FALSE(fail_by_stop(secure_request()).may_have_been_sent);
}

TEST_F(CurlTransportStop, AfterTheResponseDoesNotAffectTheNextRequest) {
  http::Request first = request();
  first.stop = stop_.get_token();
  EXPECT_TRUE(std::holds_alternative<http::Response>(transport_.send(first)));
  stop_.request_stop();
  EXPECT_TRUE(std::holds_alternative<http::Response>(transport_.send(request())));
}

}  // namespace
}  // namespace segment::test
