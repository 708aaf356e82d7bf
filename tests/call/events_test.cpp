// The events of a call: enough for a log and a trace, and nothing secret.
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using namespace std::chrono_literals;

/// One event with a copy of everything that it refers to.
struct Seen {
  explicit Seen(const CallEvent& event)
      : kind(to_string(event.kind)),
        call(event.call),
        operation(event.operation.id),
        attempt(event.attempt),
        elapsed(event.elapsed),
        duration(event.duration),
        request_bytes(event.request_bytes),
        response_bytes(event.response_bytes),
        status(event.status),
        request_id(event.request_id),
        failure(event.failure),
        headers(event.headers.begin(), event.headers.end()),
        ok(event.ok),
        outcome_unknown(event.outcome_unknown),
        error(event.error ? to_string(*event.error) : "") {}

  string kind;
  std::uint64_t call;
  string operation;
  int attempt;
  std::chrono::nanoseconds elapsed;
  std::chrono::nanoseconds duration;
  std::size_t request_bytes;
  std::size_t response_bytes;
  int status;
  string request_id;
  std::optional<http::FailureKind> failure;
  std::vector<http::Header> headers;
  bool ok;
  bool outcome_unknown;
  string error;
};

/// A client whose events are kept.
struct ObservedClient : std::vector<Seen> {
  explicit ObservedClient(ClientOptions options = {}) : fake(observed(std::move(options))) {}

  [[nodiscard]] std::vector<string> kinds() const {
    std::vector<string> kinds;
    for (const Seen& seen : *this) kinds.push_back(seen.kind);
    return kinds;
  }

  FakeClient fake;

 private:
  ClientOptions observed(ClientOptions options) {
    options.on_event = [this](const CallEvent& event) { emplace_back(event); };
    return options;
  }
};

using Kinds = std::vector<string>;

TEST(TheEvents, OfASuccessfulCallAreItsStartItsAttemptTheResponseAndItsEnd) {
  ObservedClient events;
  events.fake.transport->respond_with([&](const auto&) {
    events.fake.clock->advance(40ms);
    return http::Response{200, {{"X-Request-Id", "r-1"}}, string(a_source)};
  });
  (void)events.fake.client.sources().create(
      {.slug = "s", .enabled = true, .metadata_id = SourceMetadataId("m")});
  ASSERT_EQ(events.kinds(),
            (Kinds{"call_started", "attempt_sent", "response_received", "call_ended"}));
  for (const Seen& event : events) {
    EXPECT_EQ(event.operation, "createSource");
    EXPECT_EQ(event.call, 1U);
  }
  EXPECT_EQ(events[1].attempt, 1);
  EXPECT_EQ(events[1].request_bytes, events.fake.body().size());
  EXPECT_EQ(events[2].status, 200);
  EXPECT_EQ(events[2].duration, 40ms);
  EXPECT_EQ(events[2].response_bytes, a_source.size());
  EXPECT_EQ(events[2].request_id, "r-1");
  EXPECT_TRUE(events[3].ok);
  EXPECT_EQ(events[3].duration, 40ms);
  EXPECT_EQ(events[3].status, 200);
  EXPECT_EQ(events[3].error, "");
}

TEST(TheEvents, ReportEachAttemptAndTheWaitsBetween) {
  ObservedClient events;
  events.fake.transport->add(broken()).add(503, "").add(200, string(a_source));
  (void)events.fake.client.sources().get(SourceId("s"));
  EXPECT_EQ(events.kinds(),
            (Kinds{"call_started", "attempt_sent", "attempt_failed", "retry_scheduled",
                   "attempt_sent", "response_received", "retry_scheduled", "attempt_sent",
                   "response_received", "call_ended"}));
  EXPECT_EQ(events[2].failure, http::FailureKind::broken);
  EXPECT_EQ(events[3].duration, 500ms);
  EXPECT_EQ(events[5].status, 503);
  EXPECT_EQ(events[6].duration, 1s);
  EXPECT_EQ(events[7].attempt, 3);
  EXPECT_EQ(events[9].elapsed, 1500ms);
  EXPECT_EQ(events[9].attempt, 3);
}

TEST(TheEvents, CarryTheTagOfTheCallAndSoDoesTheError) {
  std::vector<string> tags;
  FakeClient fake({.on_event = [&](const CallEvent& event) { tags.emplace_back(event.tag); }});
  fake.transport->add(404, "");
  const auto error =
      thrown<NotFoundError>([&] { (void)fake.client.workspaces().get({.tag = "tenant 7"}); });
  EXPECT_EQ(error.tag(), "tenant 7");
  EXPECT_EQ(tags, std::vector<string>(4, "tenant 7"));
  EXPECT_EQ(fake.target(), "/") << "the tag is never sent";
  for (const auto& header : fake.transport->last_request().headers) {
    EXPECT_NE(header.value, "tenant 7");
  }
}

TEST(ATag, IsInTheErrorEvenIfNothingWasSent) {
  FakeClient fake;
  const auto refused = thrown<InvalidArgumentError>(
      [&] { (void)fake.client.sources().get(SourceId(""), {.tag = "job 4"}); });
  EXPECT_EQ(refused.tag(), "job 4");
  const auto raw = thrown<InvalidArgumentError>(
      [&] { (void)fake.client.call(http::Method::get, "/..", {}, {}, {.tag = "job 4"}); });
  EXPECT_EQ(raw.tag(), "job 4");
}

TEST(TheEvents, EndWithTheErrorThatTheCallThrows) {
  ObservedClient events;
  events.fake.transport->add(502, "");
  thrown<ServerError>([&] { (void)events.fake.client.sources().create_write_key(SourceId("s")); });
  EXPECT_FALSE(events.back().ok);
  EXPECT_TRUE(events.back().outcome_unknown);
  EXPECT_EQ(events.back().status, 502);
  EXPECT_EQ(events.back().error, "server");
}

TEST(TheEvents, EndWithTheErrorForAnUnreadableResponse) {
  ObservedClient events;
  events.fake.transport->add(200, "<html>");
  thrown<DecodeError>([&] { (void)events.fake.client.sources().get(SourceId("s")); });
  EXPECT_EQ(events.kinds(),
            (Kinds{"call_started", "attempt_sent", "response_received", "call_ended"}));
  EXPECT_FALSE(events.back().ok);
}

TEST(TheEvents, OfACallThatAPolicyStopsEndToo) {
  ObservedClient events({.token_provider = [] { return Token(); }});
  thrown<ConfigurationError>([&] { (void)events.fake.client.sources().get(SourceId("s")); });
  EXPECT_EQ(events.kinds(), (Kinds{"call_started", "call_ended"}));
  EXPECT_EQ(events.back().error, "configuration");
  EXPECT_EQ(events.back().attempt, 0) << "nothing was sent";
}

TEST(TheEvents, OfAnAttemptAnsweredByAPolicyCountItAndHaveNoDuration) {
  class Cache final : public http::Policy {
   public:
    std::optional<http::Outcome> before_send(http::Request&, http::Attempt&) override {
      return http::Response{200, {}, string(a_source)};
    }
  };
  ClientOptions options;
  options.policies = {std::make_shared<Cache>()};
  ObservedClient events(std::move(options));
  events.fake.clock->advance(1h);
  (void)events.fake.client.sources().get(SourceId("s1"));
  ASSERT_EQ(events.kinds(), (Kinds{"call_started", "response_received", "call_ended"}));
  EXPECT_EQ(events[1].attempt, 1);
  EXPECT_EQ(events[1].duration, 0ns);
  EXPECT_EQ(events[2].attempt, 1);
}

TEST(TheEvents, OfACallThatThrowsAForeignExceptionEndToo) {
  ObservedClient events({.token_provider = []() -> Token { throw std::runtime_error("vault"); }});
  EXPECT_THROW((void)events.fake.client.sources().get(SourceId("s")), std::runtime_error);
  EXPECT_EQ(events.kinds(), (Kinds{"call_started", "call_ended"}));
  EXPECT_FALSE(events.back().ok);
}

TEST(TheEvents, OfACallThatThrowsAfterItsResponseSayThatTheOutcomeIsUnknown) {
  ObservedClient events;
  events.fake.transport->add(201, string(a_source));
  EXPECT_THROW(
      (void)events.fake.client.sources().create_write_key(
          SourceId("s"), {.on_response = [](const auto&) { throw std::runtime_error("mine"); }}),
      std::runtime_error);
  EXPECT_EQ(events.back().kind, "call_ended");
  EXPECT_EQ(events.back().attempt, 1);
  EXPECT_EQ(events.back().status, 201);
  EXPECT_TRUE(events.back().outcome_unknown);
}

TEST(TheEvents, ContainNoServerText) {
  ObservedClient events;
  events.fake.transport->add(
      422, R"({"errors":[{"type":"t","field":"f","message":"no such key wk-123"}]})");
  thrown<ValidationError>([&] { (void)events.fake.client.sources().get(SourceId("s")); });
  EXPECT_EQ(events.back().error, "validation");
  EXPECT_EQ(events.back().status, 422);
}

TEST(TheEvents, CarryTheNumberOfTheirCall) {
  ObservedClient events;
  events.fake.transport->respond_with([](const auto&) {
    return http::Response{200, {}, string(a_source)};
  });
  (void)events.fake.client.sources().get(SourceId("s"));
  const Client copy = events.fake.client;
  (void)copy.sources().get(SourceId("s"));
  EXPECT_EQ(events.front().call, 1U);
  EXPECT_EQ(events.back().call, 2U);
}

TEST(TheEvents, CarryOnlyHeadersThatAreKnownToBeHarmless) {
  ObservedClient events;
  const string token(test_token);
  events.fake.transport->add(200, string(a_source),
                             {{"Set-Cookie", "session=secret"},
                              {"X-Echo", "Bearer " + token},
                              {"Date", "now"},
                              {"x-ratelimit-remaining", "7"},
                              {"X-Request-Id", "id " + token}});
  (void)events.fake.client.sources().get(SourceId("s"));
  std::vector<string> names;
  for (const auto& header : events[2].headers) names.push_back(header.name + ": " + header.value);
  EXPECT_EQ(names,
            (std::vector<string>{"Date: now", "x-ratelimit-remaining: 7",
                                 "X-Request-Id: id [token]", "Content-Type: application/json"}));
  EXPECT_EQ(events[2].request_id, "id [token]");
}

TEST(TheEvents, NeverContainTheToken) {
  ObservedClient events;
  const string token(test_token);
  events.fake.transport->add(http::Failure{http::FailureKind::other, false, "sent " + token})
      .add(400, R"({"errors":[{"type":")" + token + R"(","message":"no )" + token + "\"}]}",
           {{"Retry-After", token}});
  thrown<BadRequestError>([&] { (void)events.fake.client.sources().get(SourceId("s")); });
  for (const Seen& event : events) {
    EXPECT_FALSE(contains(event.error, token)) << event.error;
    EXPECT_FALSE(contains(event.request_id, token));
    for (const auto& header : event.headers) EXPECT_FALSE(contains(header.value, token));
  }
}

TEST(AnObserver, ThatThrowsBreaksNoCall) {
  FakeClient fake({.on_event = [](const CallEvent&) { throw std::runtime_error("disk full"); }});
  fake.transport->add(200, string(a_source));
  EXPECT_NO_THROW((void)fake.client.sources().get(SourceId("s")));
}

TEST(TheKindOfAFailure, HasAName) {
  using http::FailureKind;
  EXPECT_EQ(to_string(FailureKind::resolve), "resolve");
  EXPECT_EQ(to_string(FailureKind::connect), "connect");
  EXPECT_EQ(to_string(FailureKind::tls), "tls");
  EXPECT_EQ(to_string(FailureKind::timeout), "timeout");
  EXPECT_EQ(to_string(FailureKind::cancelled), "cancelled");
  EXPECT_EQ(to_string(FailureKind::broken), "broken");
  EXPECT_EQ(to_string(FailureKind::too_large), "too_large");
  EXPECT_EQ(to_string(FailureKind::other), "other");
}

}  // namespace
}  // namespace segment::testing
