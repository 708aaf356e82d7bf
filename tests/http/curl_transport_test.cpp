// How requests are sent and responses received; failures and resending have their own files.

#include <curl/curl.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "../support/gzip.hpp"
#include "../support/loopback_server.hpp"
#include "../support/transport_under_test.hpp"

namespace segment::test {
namespace {

using http::Method;

class CurlTransport : public ::testing::Test {
 protected:
  http::Response get(std::string_view target) { return send({.url = server_.url(target)}); }

  http::Response send(http::Request request) {
    // An idempotent request uses kept-alive connections in every case.
    request.idempotent = true;
    const http::Outcome outcome = transport_.send(request);
    const auto* failure = std::get_if<http::Failure>(&outcome);
    if (failure == nullptr) return std::get<http::Response>(outcome);
    ADD_FAILURE() << failure->message;
    return {};
  }

  std::string text_of(http::Request request) {
    send(std::move(request));
    return server_.requests().back().text;
  }

  LoopbackServer server_;
  TransportUnderTest transport_{{.proxy = "none"}};
};

// --- Requests ------------------------------------------------------------------------------------

TEST_F(CurlTransport, SendsNothingButWhatItWasGivenAndWhatHttpNeeds) {
  const std::string text = text_of({.url = server_.url("/x"), .headers = {{"X-Own", "1"}}});
  std::string host = "Host: 127.0.0.1:" + std::to_string(server_.port()) + "\r\n";
  EXPECT_TRUE(text.starts_with("GET /x HTTP/1.1\r\n" + host + "Accept-Encoding: ")) << text;
  EXPECT_TRUE(text.ends_with("\r\nX-Own: 1\r\n\r\n")) << text;
  EXPECT_EQ(server_.requests().back().headers.size(), 3U) << text;
}

TEST_F(CurlTransport, OffersTheEncodingsThatLibcurlItselfWouldOffer) {
  CURL* easy = curl_easy_init();
  curl_easy_setopt(easy, CURLOPT_URL, server_.url("/").c_str());
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);  // Otherwise it would print the response.
  EXPECT_EQ(curl_easy_perform(easy), CURLE_OK);
  curl_easy_cleanup(easy);
  get("/");
  const std::vector<Received> requests = server_.requests();
  ASSERT_EQ(requests.size(), 2U);
  const auto libcurls = requests.front().headers.find("Accept-Encoding");
  const auto ours = requests.back().headers.find("Accept-Encoding");
  ASSERT_TRUE(libcurls && ours);
  EXPECT_EQ(*ours, *libcurls);
}

TEST_F(CurlTransport, OffersTheEncodingsThatItWasGivenInstead) {
  text_of({.url = server_.url("/"), .headers = {{"accept-encoding", "gzip"}}});
  const http::Headers headers = server_.requests().back().headers;
  EXPECT_EQ(headers.size(), 2U);  // Host as well
  EXPECT_EQ(*headers.find("Accept-Encoding"), "gzip");
}

TEST_F(CurlTransport, AddsNoTypeNoAcceptNoAgentAndNoExpectToABody) {
  // Above a certain size libcurl would send `Expect: 100-continue` and wait.
  const std::string text = text_of({.method = Method::post,
                                    .url = server_.url("/x"),
                                    .body = std::string(std::size_t{3} << 20U, 'x')});
  const http::Headers headers = server_.requests().back().headers;
  EXPECT_EQ(headers.size(), 3U) << text.substr(0, 500);  // Host, Accept-Encoding, Content-Length
  EXPECT_TRUE(headers.find("Content-Length"));
}

TEST_F(CurlTransport, SendsTheAcceptAndTypeAndAgentThatItWasGiven) {
  text_of({.method = Method::patch,
           .url = server_.url("/x"),
           .headers = {{"accept", "application/vnd.segment.v1+json"},
                       {"content-type", "application/vnd.segment.v1+json"},
                       {"user-agent", "own/1"}},
           .body = "{}"});
  const http::Headers headers = server_.requests().back().headers;
  EXPECT_EQ(*headers.find("Accept"), "application/vnd.segment.v1+json");
  EXPECT_EQ(*headers.find("Content-Type"), "application/vnd.segment.v1+json");
  EXPECT_EQ(*headers.find("User-Agent"), "own/1");
  EXPECT_EQ(headers.size(), 6U);
}

TEST_F(CurlTransport, SendsALengthOfZeroIfABodyIsExpected) {
  for (const Method method : {Method::post, Method::put, Method::patch}) {
    for (const auto& body : {std::optional<std::string>(), std::optional<std::string>("")}) {
      text_of({.method = method, .url = server_.url(), .body = body});
      const Received received = server_.requests().back();
      EXPECT_EQ(received.method, to_string(method));
      ASSERT_TRUE(received.headers.find("Content-Length")) << received.text;
      EXPECT_EQ(*received.headers.find("Content-Length"), "0");
      EXPECT_FALSE(received.headers.find("Content-Type"));
      EXPECT_FALSE(received.headers.find("Transfer-Encoding"));
    }
  }
}

TEST_F(CurlTransport, SendsNoLengthIfNoBodyIsExpected) {
  for (const Method method : {Method::get, Method::delete_}) {
    const std::string text = text_of({.method = method, .url = server_.url()});
    EXPECT_EQ(text.find("Content-Length"), std::string::npos) << text;
  }
}

TEST_F(CurlTransport, SendsADeleteWithABody) {
  text_of({.method = Method::delete_, .url = server_.url("/x"), .body = R"({"a":1})"});
  EXPECT_EQ(server_.requests().back().method, "DELETE");
  EXPECT_EQ(server_.requests().back().body, R"({"a":1})");
}

TEST_F(CurlTransport, SendsThePathAndQueryByteForByte) {
  for (const std::string target :
       {"/a/../b/./c", "/a%2Fb%2fc//d/", "/?pagination.cursor=Mw%3D%3D&a.0=x%40y", "/%2e%2e/x?"}) {
    get(target);
    EXPECT_EQ(server_.requests().back().target, target);
  }
}

TEST_F(CurlTransport, SendsAHeaderWithoutAValue) {
  const std::string text = text_of({.url = server_.url(), .headers = {{"X-Empty", ""}}});
  EXPECT_NE(text.find("X-Empty:\r\n"), std::string::npos) << text;
}

TEST_F(CurlTransport, RefusesAHeaderThatWouldBreakOutOfItsLine) {
  for (const http::Header& field :
       {http::Header{"X", "a\r\nInjected: 1"}, http::Header{"X", "a\nb"},
        http::Header{"X", std::string("a\0b", 3)}, http::Header{"X\r\nInjected", "1"},
        http::Header{"X: y", "1"}, http::Header{"", "1"}}) {
    const http::Outcome outcome = transport_.send({.url = server_.url(), .headers = {field}});
    ASSERT_TRUE(std::holds_alternative<http::Failure>(outcome));
    EXPECT_FALSE(std::get<http::Failure>(outcome).may_have_been_sent);
  }
  EXPECT_EQ(server_.connections(), 0);
}

TEST_F(CurlTransport, LeaksNothingIntoTheNextRequest) {
  text_of({.method = Method::post,
           .url = server_.url("/first?secret"),
           .headers = {{"Authorization", "Bearer one"}, {"X-One", "1"}},
           .body = "first body"});
  const std::string text = text_of({.url = server_.url("/second")});
  EXPECT_EQ(server_.requests().back().connection, 1);
  EXPECT_EQ(server_.requests().back().headers.size(), 2U) << text;  // Host, Accept-Encoding
  EXPECT_TRUE(text.starts_with("GET /second HTTP/1.1\r\n"));
  EXPECT_EQ(server_.requests().back().body, "");
}

// --- Responses -----------------------------------------------------------------------------------

TEST_F(CurlTransport, DoesNotFollowARedirect) {
  server_.next(respond(302, "", {{"Location", server_.url("/elsewhere")}}));
  const http::Response response = get("/here");
  EXPECT_EQ(response.status, 302);
  EXPECT_EQ(*response.headers.find("location"), server_.url("/elsewhere"));
  EXPECT_EQ(server_.requests().size(), 1U);
}

TEST_F(CurlTransport, DecompressesAResponse) {
  const std::string body = R"({"data":{"sources":[]}})";
  server_.next(respond(200, gzip(body), {{"Content-Encoding", "gzip"}}));
  EXPECT_EQ(get("/").body, body);
}

TEST_F(CurlTransport, StopsDecompressingAtTheBound) {
  // 64 MiB in about 64 KiB.
  server_.next(
      respond(200, gzip(std::string(std::size_t{64} << 20U, '0')), {{"Content-Encoding", "gzip"}}));
  http::Request request{.url = server_.url()};
  request.limits.max_response_bytes = std::size_t{1} << 20U;
  const http::Outcome outcome = transport_.send(request);
  ASSERT_TRUE(std::holds_alternative<http::Failure>(outcome));
  EXPECT_EQ(std::get<http::Failure>(outcome).kind, http::FailureKind::too_large);
}

TEST_F(CurlTransport, ReadsAChunkedResponse) {
  server_.next(answer_in_chunks({"one ", "two ", std::string(40'000, '3')}));
  EXPECT_EQ(get("/").body, "one two " + std::string(40'000, '3'));
  get("/");
  EXPECT_EQ(server_.connections(), 1);
}

// JSON readers look past the end of a text, and would copy one without padding.
constexpr std::size_t padding = 64;

TEST_F(CurlTransport, AllocatesNoMoreForABodyThanTheBoundAndThePadding) {
  for (const std::size_t size : {96'000U, 100'000U}) {
    server_.next(answer_in_chunks(std::vector<std::string>(size / 1'000, std::string(1'000, 'x'))));
    http::Request request{.url = server_.url()};
    request.limits.max_response_bytes = 100'000;
    const http::Outcome outcome = transport_.send(request);
    ASSERT_TRUE(std::holds_alternative<http::Response>(outcome));
    const std::string& body = std::get<http::Response>(outcome).body;
    ASSERT_EQ(body.size(), size);
    std::string as_large_as_allowed;  // the standard library may round the capacity up
    as_large_as_allowed.reserve(100'000 + padding);
    EXPECT_LE(body.capacity(), as_large_as_allowed.capacity());
    EXPECT_GE(body.capacity(), body.size() + padding);
  }
}

TEST_F(CurlTransport, DoublesTheRoomForABodyUnderABoundThatNoBodyReaches) {
  server_.next(respond(200, std::string(5U << 20U, 'x')));  // more than is reserved beforehand
  http::Request request{.url = server_.url()};
  request.limits.max_response_bytes = std::numeric_limits<std::size_t>::max();
  const http::Outcome outcome = transport_.send(request);
  ASSERT_TRUE(std::holds_alternative<http::Response>(outcome));
  const std::string& body = std::get<http::Response>(outcome).body;
  EXPECT_GT(body.capacity(), body.size() + body.size() / 2) << "it grows piece by piece";
}

TEST_F(CurlTransport, LeavesPaddingAfterABodyForReaders) {
  const std::string text(16'384, 'x');
  server_.next(respond(200, text));
  server_.next(respond(200, gzip(text), {{"Content-Encoding", "gzip"}}));
  server_.next(answer_in_chunks({text, text}));
  for (int i = 0; i < 3; ++i) {
    const http::Outcome outcome = transport_.send({.url = server_.url()});
    ASSERT_TRUE(std::holds_alternative<http::Response>(outcome));
    const std::string& body = std::get<http::Response>(outcome).body;
    EXPECT_GE(body.size(), text.size());
    EXPECT_GE(body.capacity(), body.size() + padding) << i;
  }
}

TEST_F(CurlTransport, ReadsAResponseThatEndsWithTheConnection) {
  server_.next(raw_answer("HTTP/1.1 200 OK\r\n\r\nall of it"));
  EXPECT_EQ(get("/").body, "all of it");
}

TEST_F(CurlTransport, DropsTheHeadersOfInterimResponses) {
  server_.next(raw_answer(
      "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
      "HTTP/1.1 200 OK\r\nX-Padded: \t value with space \t\r\nContent-Length: 2\r\n\r\nok"));
  const http::Response response = get("/");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.size(), 2U);
  EXPECT_EQ(*response.headers.find("x-padded"), "value with space");
  EXPECT_EQ(response.body, "ok");
}

TEST_F(CurlTransport, DoesNotTakeAContinuationLineForAHeader) {
  server_.next(
      raw_answer("HTTP/1.1 200 OK\r\nX-One: a\r\n Retry-After: 9\r\n\tX-Two: b\r\n"
                 "Content-Length: 2\r\n\r\nok"));
  const http::Response response = get("/");
  EXPECT_FALSE(response.headers.find("Retry-After"));
  EXPECT_FALSE(response.headers.find("X-Two"));
  EXPECT_EQ(response.body, "ok");
}

// --- Connections ---------------------------------------------------------------------------------

TEST_F(CurlTransport, KeepsAConnectionForTheNextRequest) {
  for (int i = 0; i < 5; ++i) get("/");
  send({.method = Method::put, .url = server_.url(), .body = "x"});
  EXPECT_EQ(server_.connections(), 1);
}

TEST_F(CurlTransport, ClosesItsConnectionsWhenItIsDestroyed) {
  {
    TransportUnderTest other({.proxy = "none"});
    static_cast<void>(other.send({.url = server_.url()}));
  }
  EXPECT_TRUE(server_.wait_for_ended_connections(1));
}

TEST_F(CurlTransport, KeepsNoConnectionIfNoneMayBeIdle) {
  TransportUnderTest other({.proxy = "none", .max_idle_connections = 0});
  static_cast<void>(other.send({.url = server_.url()}));
  EXPECT_TRUE(server_.wait_for_ended_connections(1));
  static_cast<void>(other.send({.url = server_.url()}));
  EXPECT_EQ(server_.connections(), 2);
}

TEST_F(CurlTransport, AsksAProxyForATunnel) {
  server_.always(respond(407));
  TransportUnderTest through_proxy({.proxy = server_.url("")});
  const http::Outcome outcome = through_proxy.send({.url = "https://segment.invalid/x?y=1"});
  EXPECT_TRUE(std::holds_alternative<http::Failure>(outcome));
  ASSERT_EQ(server_.requests().size(), 1U);
  EXPECT_TRUE(server_.requests().back().text.starts_with("CONNECT segment.invalid:443 HTTP/1.1"));
}

/// Sets an environment variable for its own lifetime.
class EnvironmentVariable {
 public:
  EnvironmentVariable(const char* name, const std::string& value) : name_(name) {
    ::setenv(name, value.c_str(), 1);
  }
  ~EnvironmentVariable() { ::unsetenv(name_); }
  EnvironmentVariable(const EnvironmentVariable&) = delete;
  EnvironmentVariable& operator=(const EnvironmentVariable&) = delete;

 private:
  const char* name_;
};

TEST_F(CurlTransport, UsesTheProxyOfTheEnvironmentUnlessToldNotTo) {
  server_.always(respond(407));
  const EnvironmentVariable proxy("https_proxy", server_.url(""));
  const http::Request request{.url = "https://" + std::string(70, 'x') + ".invalid/"};
  EXPECT_TRUE(std::holds_alternative<http::Failure>(transport_.send(request)));
  EXPECT_EQ(server_.connections(), 0);
  TransportUnderTest with_environment;
  EXPECT_TRUE(std::holds_alternative<http::Failure>(with_environment.send(request)));
  EXPECT_EQ(server_.requests().back().method, "CONNECT");
}

TEST_F(CurlTransport, TakesTheProxyOfItsOptionsForEveryHost) {
  server_.always(respond(407));
  const EnvironmentVariable exceptions("no_proxy", "*");
  TransportUnderTest with_a_proxy({.proxy = server_.url("")});
  const http::Request request{.url = "https://" + std::string(70, 'x') + ".invalid/"};
  EXPECT_TRUE(std::holds_alternative<http::Failure>(with_a_proxy.send(request)));
  ASSERT_EQ(server_.connections(), 1);
  EXPECT_EQ(server_.requests().back().method, "CONNECT");
}

// Plain HTTP goes to this machine only; a proxy would receive the token in the clear.
TEST_F(CurlTransport, SendsPlainHttpThroughNoProxy) {
  const RefusingPort nobody;
  TransportUnderTest with_a_proxy({.proxy = nobody.url("")});
  EXPECT_TRUE(std::holds_alternative<http::Response>(with_a_proxy.send({.url = server_.url()})));
  for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"}) {
    const EnvironmentVariable proxy(name, nobody.url(""));
    TransportUnderTest with_environment;
    const http::Outcome outcome = with_environment.send({.url = server_.url()});
    EXPECT_TRUE(std::holds_alternative<http::Response>(outcome)) << name;
  }
}

}  // namespace
}  // namespace segment::test
