// What is sent again, and what must never be because it could be done twice.
#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using http::Failure;
using http::FailureKind;
using http::Outcome;
using http::Response;
using std::string;

using Call = std::function<void(const Client&, const CallOptions&)>;

const Call get = [](const Client& client, const CallOptions& options) {
  (void)client.sources().get(SourceId("s"), options);
};
const Call put = [](const Client& client, const CallOptions& options) {
  (void)client.sources().replace_labels(SourceId("s"), {.labels = std::vector<Label>{}}, options);
};
const Call remove = [](const Client& client, const CallOptions& options) {
  client.sources().remove(SourceId("s"), options);
};
const Call post = [](const Client& client, const CallOptions& options) {
  (void)client.sources().create_write_key(SourceId("s"), options);
};
const Call post_with_body = [](const Client& client, const CallOptions& options) {
  (void)client.sources().create(
      {.slug = "s", .enabled = true, .metadata_id = SourceMetadataId("m")}, options);
};
const Call patch = [](const Client& client, const CallOptions& options) {
  (void)client.sources().update(SourceId("s"), {}, options);
};

/// Ends every attempt with the same outcome, and returns how often the request was sent, and the
/// error.
std::pair<std::size_t, ErrorFacts> attempts_of(const Call& call, const Outcome& outcome,
                                               const CallOptions& options = {}) {
  FakeClient fake;
  fake.transport->respond_with([&](const auto&) { return outcome; });
  try {
    call(fake.client, options);
  } catch (const Error& error) {
    EXPECT_EQ(static_cast<std::size_t>(error.attempts()), fake.sent()) << error.what();
    return {fake.sent(), error.facts()};
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

const std::vector<Outcome>& of_unknown_outcome() {
  static const std::vector<Outcome> outcomes = {Response{408, {}, ""},
                                                Response{500, {}, ""},
                                                Response{502, {}, ""},
                                                Response{503, {}, ""},
                                                Response{504, {}, ""},
                                                broken(),
                                                Failure{FailureKind::timeout, true, "too late"},
                                                Failure{FailureKind::other, true, "who knows"}};
  return outcomes;
}

TEST(GetPutAndDelete, AreRetriedWhenTheirOutcomeIsUnknown) {
  for (const Outcome& outcome : of_unknown_outcome()) {
    SCOPED_TRACE(outcome.index() == 0 ? std::get<Response>(outcome).status : 0);
    for (const Call& call : {get, put, remove}) {
      const auto [sent, facts] = attempts_of(call, outcome);
      EXPECT_EQ(sent, 4U);
      EXPECT_TRUE(facts.retryable);
    }
    EXPECT_FALSE(attempts_of(get, outcome).second.outcome_unknown) << "a GET changes nothing";
    EXPECT_TRUE(attempts_of(put, outcome).second.outcome_unknown);
    EXPECT_TRUE(attempts_of(remove, outcome).second.outcome_unknown);
  }
}

TEST(PostAndPatch, AreNeverRetriedWhenTheirOutcomeIsUnknown) {
  for (const Outcome& outcome : of_unknown_outcome()) {
    SCOPED_TRACE(outcome.index() == 0 ? std::get<Response>(outcome).status : 0);
    for (const Call& call : {post, post_with_body, patch}) {
      const auto [sent, facts] = attempts_of(call, outcome);
      EXPECT_EQ(sent, 1U);
      EXPECT_TRUE(facts.outcome_unknown);
      EXPECT_FALSE(facts.retryable) << "the caller must check first";
    }
  }
}

TEST(ACallWhoseOutcomeIsUnknown, SaysInItsMessageWhatToDo) {
  FakeClient fake;
  fake.transport->add(502, "");
  const auto error = thrown<ServerError>([&] { post(fake.client, {}); });
  EXPECT_TRUE(contains(error.what(), "could do it twice")) << error.what();
  EXPECT_TRUE(contains(error.what(), "check before you call again")) << error.what();
}

TEST(EveryCall, IsRetriedIfItCertainlyDidNotArrive) {
  for (const Call& call : {get, put, remove, post, post_with_body, patch}) {
    for (FailureKind kind : {FailureKind::connect, FailureKind::resolve, FailureKind::timeout,
                             FailureKind::broken, FailureKind::other}) {
      const auto [sent, facts] = attempts_of(call, Failure{kind, false, "no way there"});
      EXPECT_EQ(sent, 4U);
      EXPECT_TRUE(facts.retryable);
      EXPECT_FALSE(facts.outcome_unknown);
    }
  }
}

TEST(EveryCall, IsRetriedAfterA429) {
  for (const Call& call : {get, put, remove, post, post_with_body, patch}) {
    const auto [sent, facts] = attempts_of(call, Response{429, {}, ""});
    EXPECT_EQ(sent, 4U);
    EXPECT_TRUE(facts.retryable);
    EXPECT_FALSE(facts.outcome_unknown);
  }
}

TEST(EveryCall, IsSentOnceIfARetryWouldFailTheSameWay) {
  for (const Call& call : {get, put, remove, post, patch}) {
    for (int status : {302, 400, 401, 403, 404, 409, 413, 418, 422}) {
      EXPECT_EQ(attempts_of(call, Response{status, {}, ""}).first, 1U) << status;
    }
    for (FailureKind kind : {FailureKind::tls, FailureKind::cancelled, FailureKind::too_large}) {
      EXPECT_EQ(attempts_of(call, Failure{kind, true, ""}).first, 1U);
      EXPECT_EQ(attempts_of(call, Failure{kind, false, ""}).first, 1U);
    }
  }
}

TEST(EveryKindOfFailure, BecomesItsOwnTypeOfError) {
  const auto fail = [](FailureKind kind) {
    FakeClient fake;
    fake.transport->add(Failure{kind, false, "the reason"});
    get(fake.client, {.max_attempts = 1});
  };
  for (FailureKind kind :
       {FailureKind::resolve, FailureKind::connect, FailureKind::broken, FailureKind::other}) {
    const auto error = thrown<TransportError>([&] { fail(kind); });
    EXPECT_TRUE(contains(error.what(), "the reason")) << error.what();
    EXPECT_TRUE(contains(error.what(), "getSource (GET /sources/{sourceId})")) << error.what();
  }
  thrown<TlsError>([&] { fail(FailureKind::tls); });
  thrown<TimeoutError>([&] { fail(FailureKind::timeout); });
  thrown<CancelledError>([&] { fail(FailureKind::cancelled); });
  thrown<DecodeError>([&] { fail(FailureKind::too_large); });
}

TEST(TheIdempotentOptionOfACall, WinsOverTheOperations) {
  EXPECT_EQ(attempts_of(post, broken(), {.idempotent = true}).first, 4U);
  EXPECT_EQ(attempts_of(post, Response{503, {}, ""}, {.idempotent = true}).first, 4U);
  EXPECT_EQ(attempts_of(get, broken(), {.idempotent = false}).first, 1U);
  EXPECT_EQ(attempts_of(remove, Response{503, {}, ""}, {.idempotent = false}).first, 1U);
  EXPECT_EQ(attempts_of(remove, refused(), {.idempotent = false}).first, 4U);
}

TEST(TheNumberOfAttempts, IsTheCallsOrElseTheClients) {
  EXPECT_EQ(attempts_of(get, broken(), {.max_attempts = 1}).first, 1U);
  EXPECT_EQ(attempts_of(get, broken(), {.max_attempts = 7}).first, 7U);
  EXPECT_EQ(attempts_of(get, broken(), {.max_attempts = 0}).first, 1U)
      << "at least one attempt is made";
  EXPECT_EQ(attempts_of(get, broken(), {.max_attempts = -3}).first, 1U);

  FakeClient fake({.retry = {.max_attempts = 2}});
  fake.transport->respond_with([](const auto&) { return broken(); });
  const auto error = thrown<TransportError>([&] { get(fake.client, {}); });
  EXPECT_EQ(error.attempts(), 2);
  EXPECT_TRUE(contains(error.what(), "gave up after 2 attempts")) << error.what();
}

TEST(ARetriedCall, SendsIdenticalRequests) {
  FakeClient fake;
  fake.transport->add(429, "").add(429, "").add(201, string(a_source));
  post_with_body(fake.client, {});
  const auto requests = fake.transport->requests();
  ASSERT_EQ(requests.size(), 3U);
  for (const auto& request : requests) {
    EXPECT_EQ(request.url, requests[0].url);
    EXPECT_EQ(request.method, requests[0].method);
    EXPECT_EQ(request.headers, requests[0].headers);
    EXPECT_EQ(request.body, requests[0].body);
  }
}

TEST(ACallThatSucceedsInTheEnd, DoesNotThrow) {
  FakeClient fake;
  fake.transport->add(broken()).add(503, "<html>").add(429, "").add(200, string(a_source));
  EXPECT_EQ(fake.client.sources().get(SourceId("s1")).slug, "web");
}

TEST(TheErrorOfACall, IsThatOfItsLastAttempt) {
  FakeClient fake;
  fake.transport->add(503, "").add(broken()).add(422, R"({"errors":[{"message":"m"}]})");
  const auto error = thrown<ValidationError>([&] { put(fake.client, {}); });
  EXPECT_EQ(error.attempts(), 3);
  EXPECT_TRUE(error.outcome_unknown()) << "an earlier attempt may have done it";
}

TEST(ARetriedDeleteWith404, SaysThatAnEarlierAttemptMayHaveDeletedTheItem) {
  for (const Outcome& first : {Outcome(broken()), Outcome(Response{502, {}, ""})}) {
    FakeClient fake;
    fake.transport->add(first).add(404, "");
    const auto error = thrown<NotFoundError>([&] { remove(fake.client, {}); });
    EXPECT_TRUE(error.outcome_unknown());
    EXPECT_EQ(error.attempts(), 2);
    EXPECT_TRUE(contains(error.what(), "an earlier attempt of this call may have deleted it"))
        << error.what();
  }
}

TEST(ARetriedDeleteWith404, SaysSoIfTheTransportItselfRetried) {
  FakeClient fake;
  fake.transport->add(Response{.status = 404, .retried_by_transport = true});
  const auto error = thrown<NotFoundError>([&] { remove(fake.client, {}); });
  EXPECT_TRUE(error.outcome_unknown());
  EXPECT_TRUE(contains(error.what(), "an earlier attempt of this call may have deleted it"))
      << error.what();
}

TEST(ADeleteWith404, HasAKnownOutcomeIfNoEarlierAttemptCanHaveDoneIt) {
  FakeClient fake;
  fake.transport->add(refused()).add(429, "").add(404, "");
  const auto error = thrown<NotFoundError>([&] { remove(fake.client, {}); });
  EXPECT_FALSE(error.outcome_unknown());
  EXPECT_FALSE(contains(error.what(), "earlier attempt")) << error.what();
}

TEST(ATransportThatThrows, LeavesTheOutcomeUnknown) {
  FakeClient fake;
  fake.transport->respond_with(
      [](const auto&) -> Outcome { throw std::runtime_error("the pipe burst"); });
  const auto error = thrown<TransportError>([&] { post(fake.client, {}); });
  EXPECT_TRUE(error.outcome_unknown());
  EXPECT_EQ(error.attempts(), 1);
  EXPECT_TRUE(contains(error.what(), "the pipe burst")) << error.what();
  EXPECT_EQ(attempts_of(get, Failure{}).first, 4U);

  fake.transport->respond_with([](const auto&) -> Outcome { throw 7; });
  EXPECT_EQ(thrown<TransportError>([&] { get(fake.client, {}); }).attempts(), 4);
}

}  // namespace
}  // namespace segment::testing
