// Several requests over one handle of libcurl: only the connection is kept.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <string>

#include "../support/enough_time.hpp"
#include "../support/loopback_server.hpp"
#include "segment/http/curl_transport.hpp"

namespace segment::test {
namespace {

using namespace std::chrono_literals;
using http::Method;

class CurlTransportReuse : public ::testing::Test {
 protected:
  [[nodiscard]] http::Request get(std::string_view target) const {
    return {.url = server_.url(target), .idempotent = true};
  }

  http::Response send(const http::Request& request) {
    const http::Outcome outcome = transport_.send(request);
    const auto* failure = std::get_if<http::Failure>(&outcome);
    if (failure == nullptr) return std::get<http::Response>(outcome);
    ADD_FAILURE() << failure->message;
    return {};
  }

  LoopbackServer server_;
  http::CurlTransport transport_{{.proxy = "none"}};
};

TEST_F(CurlTransportReuse, DoesNotLeakHeadersIntoTheNextGet) {
  http::Request first = get("/first?secret");
  first.headers = {{"Authorization", "Bearer one"}, {"X-One", "1"}};
  send(first);
  send(get("/second"));
  const Received last = server_.requests().back();
  EXPECT_EQ(last.connection, 1);
  EXPECT_EQ(last.headers.size(), 2U) << last.text;  // Host, Accept-Encoding
  EXPECT_TRUE(last.text.starts_with("GET /second HTTP/1.1\r\n")) << last.text;
}

TEST_F(CurlTransportReuse, DoesNotLeakTimeoutsIntoTheNextGet) {
  with_enough_time([this](std::chrono::milliseconds limit) {
    http::Request impatient = get("/");
    impatient.limits = {.connect_timeout = limit, .attempt_timeout = limit, .stall_timeout = 1s};
    if (!std::holds_alternative<http::Response>(transport_.send(impatient))) return false;
    server_.next([limit](Connection& connection) {
      connection.read_request();
      connection.pause(2 * limit);  // by then the previous limit would have expired
      respond(200, "late")(connection);
    });
    http::Request patient = get("/");
    patient.limits = {.connect_timeout = 0ms, .attempt_timeout = 0ms, .stall_timeout = 0s};
    EXPECT_EQ(send(patient).body, "late");
    return true;
  });
}

TEST_F(CurlTransportReuse, DoesNotLeakTheMethodIntoTheNextRequest) {
  for (const Method method : {Method::get, Method::delete_, Method::get, Method::post, Method::get,
                              Method::patch, Method::get}) {
    http::Request request = get("/");
    request.method = method;
    if (method == Method::patch) request.body = "{}";
    send(request);
    EXPECT_EQ(server_.requests().back().method, to_string(method));
    EXPECT_EQ(server_.requests().back().body, request.body.value_or(""));
  }
}

TEST_F(CurlTransportReuse, UsesANewConnectionOnlyForARequestThatNeedsOne) {
  send(get("/"));
  http::Request once = get("/");
  once.idempotent = false;
  send(once);
  EXPECT_EQ(server_.requests().back().connection, 2);
  send(get("/"));
  EXPECT_EQ(server_.requests().back().connection, 2);
}

TEST_F(CurlTransportReuse, SurvivesAnyNumberOfBrokenConnections) {
  constexpr int more_than_libcurl_tolerates = 8;
  send(get("/"));
  for (int i = 0; i < more_than_libcurl_tolerates; ++i) {
    server_.next(close_without_answer());
    EXPECT_EQ(send(get("/")).status, 200) << i;
  }
}

TEST_F(CurlTransportReuse, ChoosesTheProxyForEachScheme) {
  http::CurlTransport with_environment;
  const http::Outcome plain = with_environment.send(get("/"));
  EXPECT_TRUE(std::holds_alternative<http::Response>(plain));
  server_.always(respond(407));
  ::setenv("https_proxy", server_.url("").c_str(), 1);
  const http::Request secure{.url = "https://segment.invalid/"};
  EXPECT_TRUE(std::holds_alternative<http::Failure>(with_environment.send(secure)));
  ::unsetenv("https_proxy");
  EXPECT_EQ(server_.requests().back().method, "CONNECT");
}

}  // namespace
}  // namespace segment::test
