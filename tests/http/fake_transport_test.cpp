#include "segment/testing/fake_transport.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace segment::testing {
namespace {

http::Request get(std::string url) { return {.url = std::move(url)}; }

const http::Response& response(const http::Outcome& outcome) {
  return std::get<http::Response>(outcome);
}

const http::Failure& failure(const http::Outcome& outcome) {
  return std::get<http::Failure>(outcome);
}

TEST(FakeTransport, ReturnsItsResponsesInOrder) {
  FakeTransport fake;
  fake.add(200, R"({"data":{}})").add(404, "");
  EXPECT_EQ(response(fake.send(get("http://a/1"))).body, R"({"data":{}})");
  EXPECT_EQ(response(fake.send(get("http://a/2"))).status, 404);
}

TEST(FakeTransport, RespondsWithJsonUnlessToldOtherwise) {
  FakeTransport fake;
  fake.add(200, "{}", {{"X-RateLimit-Remaining", "5"}});
  fake.add(502, "<html>", {{"content-type", "text/html"}});
  const http::Outcome json = fake.send(get("http://a/"));
  EXPECT_EQ(*response(json).headers.find("Content-Type"), "application/json");
  EXPECT_EQ(*response(json).headers.find("x-ratelimit-remaining"), "5");
  const http::Outcome html = fake.send(get("http://a/"));
  EXPECT_EQ(response(html).headers, (http::Headers{{"content-type", "text/html"}}));
}

TEST(FakeTransport, ReturnsAFailureThatWasAdded) {
  FakeTransport fake;
  fake.add(http::Failure{.kind = http::FailureKind::timeout, .message = "too late"});
  const http::Outcome outcome = fake.send(get("http://a/"));
  EXPECT_EQ(failure(outcome).kind, http::FailureKind::timeout);
  EXPECT_TRUE(failure(outcome).may_have_been_sent);
}

TEST(FakeTransport, AsksTheResponderWhenNoResponseIsLeft) {
  FakeTransport fake;
  fake.respond_with([](const http::Request& request) -> http::Outcome {
    return http::Response{.status = 200, .body = request.url};
  });
  fake.add(201, "first");
  EXPECT_EQ(response(fake.send(get("http://a/1"))).body, "first");
  EXPECT_EQ(response(fake.send(get("http://a/2"))).body, "http://a/2");
  EXPECT_EQ(response(fake.send(get("http://a/3"))).body, "http://a/3");
}

TEST(FakeTransport, RefusesTheConnectionWithNeitherResponseNorResponder) {
  FakeTransport fake;
  const http::Outcome outcome = fake.send(get("http://a/"));
  EXPECT_EQ(failure(outcome).kind, http::FailureKind::connect);
  EXPECT_FALSE(failure(outcome).may_have_been_sent);
  fake.respond_with([](const http::Request&) { return http::Response{.status = 204}; });
  fake.respond_with(nullptr);
  EXPECT_EQ(failure(fake.send(get("http://a/"))).kind, http::FailureKind::connect);
}

TEST(FakeTransport, KeepsEveryRequest) {
  FakeTransport fake;
  EXPECT_THROW(static_cast<void>(fake.last_request()), std::out_of_range);
  static_cast<void>(fake.send({.method = http::Method::post, .url = "http://a/1", .body = "b"}));
  static_cast<void>(fake.send(get("http://a/2")));
  ASSERT_EQ(fake.requests().size(), 2U);
  EXPECT_EQ(fake.requests().front().body, "b");
  EXPECT_EQ(fake.last_request().url, "http://a/2");
}

TEST(FakeTransport, LetsTheResponderSeeTheRequestsSoFar) {
  FakeTransport fake;
  fake.respond_with([&fake](const http::Request&) -> http::Outcome {
    return http::Response{.status = 200, .body = std::to_string(fake.requests().size())};
  });
  EXPECT_EQ(response(fake.send(get("http://a/"))).body, "1");
}

TEST(FakeTransport, UsesNoResponseForAStoppedRequest) {
  FakeTransport fake;
  fake.add(200, "kept");
  std::stop_source stop;
  stop.request_stop();
  static_cast<void>(fake.send({.url = "http://a/", .stop = stop.get_token()}));
  EXPECT_TRUE(fake.requests().empty());
  EXPECT_EQ(response(fake.send(get("http://a/"))).body, "kept");
}

TEST(FakeTransport, PropagatesAnExceptionOfTheResponder) {
  FakeTransport fake;
  fake.respond_with([](const http::Request&) -> http::Outcome { throw std::domain_error("odd"); });
  EXPECT_THROW(static_cast<void>(fake.send(get("http://a/"))), std::domain_error);
}

}  // namespace
}  // namespace segment::testing
