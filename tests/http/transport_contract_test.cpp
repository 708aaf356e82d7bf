// What every transport must do, as one suite that is run against each of the library's own.

#include <gtest/gtest.h>

#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "../support/loopback_server.hpp"
#include "../support/transport_under_test.hpp"
#include "segment/testing/fake_transport.hpp"

namespace segment::test {
namespace {

/// A transport with the server that it reaches. The server gives the responses it is told to, or
/// else returns the target (path and query) of each request.
class CurlWorld {
 public:
  CurlWorld() {
    server_.always(
        depending_on_request([](const Received& request) { return respond(200, request.target); }));
  }

  http::Transport& transport() { return transport_; }
  std::string url(std::string_view target) { return server_.url(target); }
  void answer_next(int status, std::string body, http::Headers headers) {
    server_.next(respond(status, std::move(body), std::move(headers)));
  }
  void fail_next() { server_.next(close_without_answer()); }
  std::vector<Received> requests() { return server_.requests(); }

 private:
  LoopbackServer server_;
  TransportUnderTest transport_{{.proxy = "none"}};
};

class FakeWorld {
 public:
  FakeWorld() {
    fake_.respond_with([](const http::Request& request) -> http::Outcome {
      return http::Response{.status = 200, .body = request.url.substr(base.size())};
    });
  }

  http::Transport& transport() { return fake_; }
  std::string url(std::string_view target) { return base + std::string(target); }
  void answer_next(int status, std::string body, http::Headers headers) {
    fake_.add(
        http::Response{.status = status, .headers = std::move(headers), .body = std::move(body)});
  }
  void fail_next() { fake_.add(http::Failure{.kind = http::FailureKind::broken}); }
  std::vector<Received> requests() {
    std::vector<Received> all;
    for (const http::Request& request : fake_.requests()) {
      all.push_back({.method = std::string(to_string(request.method)),
                     .target = request.url.substr(base.size()),
                     .headers = request.headers,
                     .body = request.body.value_or("")});
    }
    return all;
  }

 private:
  inline static const std::string base = "http://fake.test";
  testing::FakeTransport fake_;
};

template <typename World>
class TransportContract : public ::testing::Test {
 protected:
  http::Outcome send(http::Request request) { return world_.transport().send(request); }
  http::Outcome get(std::string_view target) { return send({.url = world_.url(target)}); }

  World world_;
};

using Worlds = ::testing::Types<CurlWorld, FakeWorld>;
TYPED_TEST_SUITE(TransportContract, Worlds);

TYPED_TEST(TransportContract, TheRequestArrivesUnchanged) {
  using http::Method;
  for (const Method method :
       {Method::get, Method::post, Method::put, Method::patch, Method::delete_}) {
    http::Request request{.method = method,
                          .url = this->world_.url("/a/b%20c?count=3&cursor=Mw%3D%3D"),
                          .headers = {{"X-One", "1"}, {"x-two", "two words; and more"}},
                          .idempotent = method != Method::post};
    if (method != Method::get) request.body = R"({"name":"é"})";
    const http::Outcome outcome = this->send(request);
    ASSERT_TRUE(std::holds_alternative<http::Response>(outcome)) << to_string(method);
    const Received received = this->world_.requests().back();
    EXPECT_EQ(received.method, to_string(method));
    EXPECT_EQ(received.target, "/a/b%20c?count=3&cursor=Mw%3D%3D");
    EXPECT_EQ(received.body, request.body.value_or("")) << to_string(method);
    ASSERT_TRUE(received.headers.find("X-One"));
    EXPECT_EQ(*received.headers.find("X-One"), "1");
    EXPECT_EQ(*received.headers.find("X-Two"), "two words; and more");
  }
}

TYPED_TEST(TransportContract, ReturnsStatusHeadersAndBodyWhateverTheStatus) {
  for (const int status : {200, 201, 302, 404, 429, 500, 503}) {
    this->world_.answer_next(status, R"({"data":{}})", {{"Content-Type", "application/json"}});
    const http::Outcome outcome = this->get("/");
    ASSERT_TRUE(std::holds_alternative<http::Response>(outcome)) << status;
    const auto& response = std::get<http::Response>(outcome);
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(response.body, R"({"data":{}})");
    ASSERT_TRUE(response.headers.find("content-type"));
    EXPECT_EQ(*response.headers.find("content-type"), "application/json");
  }
}

TYPED_TEST(TransportContract, AnEmptyResponseIsAResponse) {
  for (const int status : {200, 204, 502}) {
    this->world_.answer_next(status, "", {});
    const http::Outcome outcome = this->get("/");
    ASSERT_TRUE(std::holds_alternative<http::Response>(outcome)) << status;
    EXPECT_EQ(std::get<http::Response>(outcome).status, status);
    EXPECT_EQ(std::get<http::Response>(outcome).body, "");
  }
}

TYPED_TEST(TransportContract, BodiesMayHoldAnyByte) {
  std::string bytes;
  for (int i = 0; i < 300'000; ++i) bytes.push_back(static_cast<char>(i * 7 + i / 256));
  this->world_.answer_next(200, bytes, {});
  const http::Outcome outcome = this->send(
      {.method = http::Method::post, .url = this->world_.url("/"), .headers = {}, .body = bytes});
  ASSERT_TRUE(std::holds_alternative<http::Response>(outcome));
  EXPECT_TRUE(std::get<http::Response>(outcome).body == bytes);
  EXPECT_TRUE(this->world_.requests().back().body == bytes);
}

TYPED_TEST(TransportContract, KeepsEachOfSeveralHeadersOfOneName) {
  this->world_.answer_next(200, "", {{"Via", "a"}, {"Via", "b"}});
  const http::Outcome outcome = this->get("/");
  std::vector<std::string> values;
  for (const http::HeaderView field : std::get<http::Response>(outcome).headers) {
    if (http::same_name(field.name, "via")) values.emplace_back(field.value);
  }
  EXPECT_EQ(values, (std::vector<std::string>{"a", "b"}));
}

TYPED_TEST(TransportContract, ARequestAfterAStopIsCancelledAndNotSent) {
  std::stop_source stop;
  stop.request_stop();
  const http::Outcome outcome =
      this->send({.url = this->world_.url("/"), .stop = stop.get_token()});
  ASSERT_TRUE(std::holds_alternative<http::Failure>(outcome));
  EXPECT_EQ(std::get<http::Failure>(outcome).kind, http::FailureKind::cancelled);
  EXPECT_FALSE(std::get<http::Failure>(outcome).may_have_been_sent);
  EXPECT_TRUE(this->world_.requests().empty());
}

TYPED_TEST(TransportContract, AResponseAboveTheBoundIsTooLarge) {
  this->world_.answer_next(200, std::string(1001, 'x'), {});
  http::Request request{.url = this->world_.url("/")};
  request.limits.max_response_bytes = 1000;
  const http::Outcome outcome = this->send(request);
  ASSERT_TRUE(std::holds_alternative<http::Failure>(outcome));
  EXPECT_EQ(std::get<http::Failure>(outcome).kind, http::FailureKind::too_large);
  EXPECT_TRUE(std::get<http::Failure>(outcome).may_have_been_sent);
}

TYPED_TEST(TransportContract, AResponseAtTheBoundIsRead) {
  http::Request request{.url = this->world_.url("/")};
  for (const std::size_t bound : {std::size_t{1000}, std::size_t{0}}) {
    this->world_.answer_next(200, std::string(1000, 'x'), {});
    request.limits.max_response_bytes = bound;
    const http::Outcome outcome = this->send(request);
    ASSERT_TRUE(std::holds_alternative<http::Response>(outcome)) << bound;
    EXPECT_EQ(std::get<http::Response>(outcome).body.size(), 1000U);
  }
}

TYPED_TEST(TransportContract, AFailureIsAValueAndTheNextRequestWorks) {
  this->world_.fail_next();
  const http::Outcome outcome = this->send({.method = http::Method::post,
                                            .url = this->world_.url("/secret?token=hidden"),
                                            .body = "hidden"});
  ASSERT_TRUE(std::holds_alternative<http::Failure>(outcome));
  EXPECT_EQ(std::get<http::Failure>(outcome).kind, http::FailureKind::broken);
  EXPECT_EQ(std::get<http::Failure>(outcome).message.find("hidden"), std::string::npos);
  EXPECT_TRUE(std::holds_alternative<http::Response>(this->get("/")));
}

TYPED_TEST(TransportContract, ManyThreadsEachGetTheirOwnResponses) {
  constexpr int threads = 8;
  constexpr int calls = 25;
  std::vector<int> right(threads, 0);
  {
    std::vector<std::jthread> running;
    for (int thread = 0; thread < threads; ++thread) {
      running.emplace_back([this, thread, &right] {
        for (int call = 0; call < calls; ++call) {
          const std::string target = "/" + std::to_string(thread) + "/" + std::to_string(call);
          const http::Outcome outcome = this->get(target);
          const auto* response = std::get_if<http::Response>(&outcome);
          if (response != nullptr && response->body == target) ++right[std::size_t(thread)];
        }
      });
    }
  }
  EXPECT_EQ(right, std::vector<int>(threads, calls));
}

}  // namespace
}  // namespace segment::test
