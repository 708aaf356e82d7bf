// libcurl resends a request by itself if a kept-alive connection breaks during it, even a POST.
// These tests make sure that it does so only if the request allows it, over real sockets.

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <tuple>

#include "../support/loopback_server.hpp"
#include "../support/transport_under_test.hpp"

namespace segment::test {
namespace {

using http::Method;

struct Fault {
  const char* name;
  Step (*step)();
  bool request_is_read;
};

// Only the size: every process that runs one of these tests creates all of their parameters.
struct Body {
  const char* name;
  std::optional<std::size_t> size;

  std::optional<std::string> bytes() const {
    if (!size) return std::nullopt;
    return std::string(*size, 'x');
  }
};

const Body absent{"NoBody", std::nullopt};
const Body empty{"EmptyBody", 0};
const Body small{"SmallBody", 2};
const Body large{"LargeBody", std::size_t{2} << 20U};

std::string name_of(Method method) {
  const std::string_view upper = to_string(method);
  std::string name(upper);
  for (std::size_t i = 1; i < name.size(); ++i) name[i] = static_cast<char>(name[i] - 'A' + 'a');
  return name;
}

using Case = std::tuple<Method, Body, Fault>;

std::string case_name(const ::testing::TestParamInfo<Case>& info) {
  const auto& [method, body, fault] = info.param;
  return name_of(method) + body.name + fault.name;
}

class CurlTransportResend : public ::testing::TestWithParam<Case> {
 protected:
  /// Sends the case's request to `/once` after a GET has made a connection that is kept alive.
  http::Outcome send_on_a_kept_alive_connection(bool idempotent) {
    const auto& [method, body, fault] = GetParam();
    EXPECT_TRUE(std::holds_alternative<http::Response>(
        transport_.send({.url = server_.url("/warm-up"), .idempotent = true})));
    server_.next(fault.step());
    return transport_.send({.method = method,
                            .url = server_.url("/once"),
                            .body = body.bytes(),
                            .idempotent = idempotent});
  }

  int times_sent() { return server_.times_received(" /once HTTP/1.1"); }

  LoopbackServer server_;
  TransportUnderTest transport_{{.proxy = "none"}};
};

const auto faults = ::testing::Values(Fault{"ReadThenClosed", close_without_answer, true},
                                      Fault{"ReadThenReset", reset_without_answer, true},
                                      Fault{"ResetBeforeItWasRead", reset_before_reading, false},
                                      Fault{"ResetWithinIt", reset_within_the_body, false});

class CurlTransportNeverResends : public CurlTransportResend {};

TEST_P(CurlTransportNeverResends, WhatMayNotBeSentTwice) {
  const http::Outcome outcome = send_on_a_kept_alive_connection(false);
  const Fault fault = std::get<Fault>(GetParam());
  EXPECT_LE(times_sent(), 1);
  EXPECT_TRUE(times_sent() == 1 || !fault.request_is_read);
  ASSERT_TRUE(std::holds_alternative<http::Failure>(outcome));
  const auto& failure = std::get<http::Failure>(outcome);
  EXPECT_EQ(failure.kind, http::FailureKind::broken) << failure.message;
  EXPECT_TRUE(failure.may_have_been_sent);
}

INSTANTIATE_TEST_SUITE_P(All, CurlTransportNeverResends,
                         ::testing::Combine(::testing::Values(Method::post, Method::patch,
                                                              Method::put, Method::delete_),
                                            ::testing::Values(absent, empty, small, large), faults),
                         case_name);

class CurlTransportMayResend : public CurlTransportResend {};

TEST_P(CurlTransportMayResend, WhatMayBeSentTwice) {
  const http::Outcome outcome = send_on_a_kept_alive_connection(true);
  if (const auto* failure = std::get_if<http::Failure>(&outcome)) {
    // If the reset arrives while it still sends, libcurl leaves the retry to its caller.
    EXPECT_STRNE(std::get<Fault>(GetParam()).name, "ReadThenClosed") << failure->message;
    EXPECT_EQ(failure->kind, http::FailureKind::broken) << failure->message;
    return;
  }
  const Received last = server_.requests().back();
  EXPECT_EQ(last.connection, 2);
  EXPECT_TRUE(last.body == std::get<Body>(GetParam()).bytes().value_or(""));
  if (times_sent() > 1) {
    EXPECT_TRUE(std::get<http::Response>(outcome).retried_by_transport)
        << "the first one may have been processed";
  }
}

INSTANTIATE_TEST_SUITE_P(WithoutBody, CurlTransportMayResend,
                         ::testing::Combine(::testing::Values(Method::get, Method::delete_),
                                            ::testing::Values(absent), faults),
                         case_name);
INSTANTIATE_TEST_SUITE_P(WithBody, CurlTransportMayResend,
                         ::testing::Combine(::testing::Values(Method::put, Method::delete_),
                                            ::testing::Values(small, large), faults),
                         case_name);

// --- By name -------------------------------------------------------------------------------------

class CurlTransportPost : public ::testing::Test {
 protected:
  void warm_up() {
    static_cast<void>(transport_.send({.url = server_.url("/warm-up"), .idempotent = true}));
  }

  http::Outcome send(Method method, std::optional<std::string> body) {
    return transport_.send(
        {.method = method, .url = server_.url("/once"), .body = std::move(body)});
  }

  LoopbackServer server_;
  TransportUnderTest transport_{{.proxy = "none"}};
};

TEST_F(CurlTransportPost, IsSentOnceOverANewConnectionIfTheKeptAliveOneWasClosed) {
  server_.next(answer_then_close());
  warm_up();
  ASSERT_TRUE(server_.wait_for_ended_connections(1));
  EXPECT_TRUE(std::holds_alternative<http::Response>(send(Method::post, "{}")));
  EXPECT_EQ(server_.times_received("POST /once "), 1);
  EXPECT_EQ(server_.requests().back().connection, 2);
}

TEST_F(CurlTransportPost, WithABodyUsesAKeptAliveConnection) {
  warm_up();
  EXPECT_TRUE(std::holds_alternative<http::Response>(send(Method::post, "{}")));
  EXPECT_TRUE(std::holds_alternative<http::Response>(send(Method::patch, "{}")));
  EXPECT_EQ(server_.connections(), 1);
}

TEST_F(CurlTransportPost, WithoutABodyUsesANewConnection) {
  warm_up();
  EXPECT_TRUE(std::holds_alternative<http::Response>(send(Method::post, std::nullopt)));
  EXPECT_EQ(server_.requests().back().connection, 2);
  if (TransportUnderTest::starts()) return;  // there both stay, for concurrent requests
  // The newer of the two stays, and serves the next request.
  EXPECT_TRUE(server_.wait_for_ended_connections(1));
  warm_up();
  EXPECT_EQ(server_.requests().back().connection, 2);
}

TEST_F(CurlTransportPost, IsNotSentTwiceWhenTheKeptAliveConnectionClosesAfterItWasRead) {
  warm_up();
  server_.next(close_without_answer());
  const http::Outcome outcome = send(Method::post, R"({"slug":"web"})");
  EXPECT_EQ(server_.requests().back().connection, 1);  // the kept-alive one
  EXPECT_EQ(server_.times_received(R"({"slug":"web"})"), 1);
  EXPECT_EQ(server_.times_received("POST "), 1);
  ASSERT_TRUE(std::holds_alternative<http::Failure>(outcome));
  EXPECT_TRUE(std::get<http::Failure>(outcome).may_have_been_sent);
}

TEST_F(CurlTransportPost, IsReportedAsNotSentIfTheConnectionIsRefused) {
  const RefusingPort nobody;
  const http::Outcome outcome =
      transport_.send({.method = Method::post, .url = nobody.url(), .body = "{}"});
  ASSERT_TRUE(std::holds_alternative<http::Failure>(outcome));
  EXPECT_EQ(std::get<http::Failure>(outcome).kind, http::FailureKind::connect);
  EXPECT_FALSE(std::get<http::Failure>(outcome).may_have_been_sent);
}

TEST_F(CurlTransportPost, GetsAResponseThatArrivesBeforeTheBodyIsSent) {
  server_.next(answer_before_the_body(413));
  const http::Outcome outcome = send(Method::post, std::string(std::size_t{8} << 20U, 'x'));
  ASSERT_TRUE(std::holds_alternative<http::Response>(outcome))
      << std::get<http::Failure>(outcome).message;
  EXPECT_EQ(std::get<http::Response>(outcome).status, 413);
  EXPECT_EQ(server_.times_received("POST /once "), 1);
}

}  // namespace
}  // namespace segment::test
