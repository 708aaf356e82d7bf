// The steps around every attempt: the application's policies, the user agent, the token.
#include <gtest/gtest.h>

#include <algorithm>
#include <any>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "segment/async.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

/// Records what it sees, and adds a header.
class Recorder final : public http::Policy {
 public:
  explicit Recorder(string name, std::vector<string>& log) : name_(std::move(name)), log_(log) {}

  std::optional<http::Outcome> before_send(http::Request& request,
                                           http::Attempt& attempt) override {
    const auto token = request.headers.find("Authorization");
    const auto earlier = request.headers.find("X-Recorder");
    log_.push_back(name_ + " before " + string(attempt.operation.id) + " " +
                   std::to_string(attempt.number) + (token ? " saw " + string(*token) : "") +
                   (earlier ? " after " + string(*earlier) : ""));
    request.headers.set("X-Recorder", name_);
    return std::nullopt;
  }

  void after_send(http::Outcome& outcome, http::Attempt& attempt) override {
    const auto* response = std::get_if<http::Response>(&outcome);
    log_.push_back(name_ + " after " + std::to_string(attempt.number) + " " +
                   (response != nullptr ? std::to_string(response->status) : "failure"));
  }

 private:
  string name_;
  std::vector<string>& log_;
};

/// A policy made of two functions, each of which may be left out.
class TestPolicy final : public http::Policy {
 public:
  using Before = std::function<std::optional<http::Outcome>(http::Request&, http::Attempt&)>;
  using After = std::function<void(http::Outcome&, http::Attempt&)>;

  explicit TestPolicy(Before before, After after = {})
      : before_(std::move(before)), after_(std::move(after)) {}

  std::optional<http::Outcome> before_send(http::Request& request,
                                           http::Attempt& attempt) override {
    return before_ ? before_(request, attempt) : std::nullopt;
  }
  void after_send(http::Outcome& outcome, http::Attempt& attempt) override {
    if (after_) after_(outcome, attempt);
  }

 private:
  Before before_;
  After after_;
};

ClientOptions with_policy(TestPolicy::Before before, TestPolicy::After after = {}) {
  return {.policies = {std::make_shared<TestPolicy>(std::move(before), std::move(after))}};
}

http::Response a_workspace_response() { return {200, {}, string(a_workspace)}; }

TEST(Policies, SeeEachAttemptInOrderAndItsOutcomeInReverseOrder) {
  std::vector<string> log;
  FakeClient fake({.policies = {std::make_shared<Recorder>("one", log),
                                std::make_shared<Recorder>("two", log)}});
  fake.transport->add(broken()).add(503, "").add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  const std::vector<string> expected = {
      "one before getWorkspace 1", "two before getWorkspace 1 after one",
      "two after 1 failure",       "one after 1 failure",
      "one before getWorkspace 2", "two before getWorkspace 2 after one",
      "two after 2 503",           "one after 2 503",
      "one before getWorkspace 3", "two before getWorkspace 3 after one",
      "two after 3 200",           "one after 3 200"};
  EXPECT_EQ(log, expected) << "and none of them saw the token";
  EXPECT_EQ(fake.header("X-Recorder"), "two");
  EXPECT_EQ(fake.header("Authorization"), "Bearer " + string(test_token));
}

TEST(APolicy, KnowsTheCallsNumberSoThatASpanReachesAHeader) {
  std::map<std::uint64_t, string> spans;
  ClientOptions options = with_policy([&](http::Request& request, http::Attempt& attempt) {
    request.headers.set("traceparent", spans.at(attempt.call));
    return std::nullopt;
  });
  options.on_event = [&](const CallEvent& event) {
    if (event.kind == CallEvent::Kind::call_started) {
      spans[event.call] = "span-of-call-" + std::to_string(event.call);
    }
  };
  FakeClient fake(std::move(options));
  fake.transport->respond_with([](const auto&) { return a_workspace_response(); });
  (void)fake.client.workspaces().get();
  EXPECT_EQ(fake.header("traceparent"), "span-of-call-1");
  (void)fake.client.workspaces().get();
  EXPECT_EQ(fake.header("traceparent"), "span-of-call-2");
}

TEST(APolicy, KnowsTheCallsNumberWithoutAnObserver) {
  std::vector<std::uint64_t> calls;
  auto transport = std::make_shared<FakeTransport>();
  transport->respond_with([](const auto&) { return a_workspace_response(); });
  ClientOptions options = with_policy([&](auto&, http::Attempt& attempt) {
    calls.push_back(attempt.call);
    return std::nullopt;
  });
  options.token = Token("t");
  options.transport = transport;
  const Client client(std::move(options));
  (void)client.workspaces().get();
  (void)client.workspaces().get();
  EXPECT_EQ(calls, (std::vector<std::uint64_t>{1, 2}));
}

TEST(APolicy, SeesTheTagOfTheCall) {
  string tag;
  FakeClient fake(with_policy([&](auto&, http::Attempt& attempt) {
    tag = attempt.tag;
    return std::nullopt;
  }));
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get({.tag = "tenant 7"});
  EXPECT_EQ(tag, "tenant 7");
}

TEST(APolicy, MayRespondInsteadOfTheServer) {
  int asked_later = 0;
  ClientOptions options =
      with_policy([](auto&, auto&) { return http::Outcome(a_workspace_response()); },
                  [](auto&, auto&) { FAIL() << "it knows its own response"; });
  options.policies.push_back(std::make_shared<TestPolicy>([&](auto&, auto&) {
    ++asked_later;
    return std::nullopt;
  }));
  FakeClient fake(std::move(options));
  EXPECT_EQ(fake.client.workspaces().get().slug, "acme");
  EXPECT_EQ(fake.sent(), 0U);
  EXPECT_EQ(asked_later, 0);
}

TEST(APolicy, MayRespondToAnAsynchronousCall) {
  FakeClient fake(with_policy([](auto&, auto&) { return http::Outcome(a_workspace_response()); }));
  EXPECT_EQ(fake.client.async().workspaces().get().get().slug, "acme");
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(APolicy, ThatRespondsWithAFailureIsAskedAgainAndItsAttemptsCount) {
  std::vector<int> numbers;
  FakeClient fake(with_policy([&](auto&, http::Attempt& attempt) {
    numbers.push_back(attempt.number);
    return http::Outcome(refused());  // like a circuit breaker
  }));
  const auto error =
      thrown<TransportError>([&] { (void)fake.client.workspaces().get({.max_attempts = 3}); });
  EXPECT_EQ(numbers, (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(error.attempts(), 3);
  EXPECT_FALSE(error.outcome_unknown());
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(APolicy, ThatRespondsWithA429DoesNotAffectTheRateLimiter) {
  int asked = 0;
  FakeClient fake(with_policy([&](auto&, auto&) -> std::optional<http::Outcome> {
    if (++asked > 1) return std::nullopt;
    return http::Response{429, {{"Retry-After", "600"}}, ""};
  }));
  thrown<RateLimitError>([&] { (void)fake.client.workspaces().get({.max_attempts = 1}); });
  fake.transport->add(200, string(a_workspace));
  const auto before = fake.clock->now();
  (void)fake.client.workspaces().get();
  EXPECT_EQ(fake.clock->now(), before) << "the second call did not wait";
}

TEST(APolicy, MayReplaceTheOutcome) {
  FakeClient fake(
      with_policy({}, [](http::Outcome& outcome, auto&) { outcome = a_workspace_response(); }));
  fake.transport->add(500, "");
  EXPECT_EQ(fake.client.workspaces().get().slug, "acme");
  EXPECT_EQ(fake.sent(), 1U);
}

TEST(APolicy, KeepsItsStateThroughEachAttempt) {
  std::vector<int> found;
  ClientOptions options = with_policy(
      [](auto&, http::Attempt& attempt) {
        attempt.state = 10 * attempt.number;
        return std::nullopt;
      },
      [&](auto&, http::Attempt& attempt) { found.push_back(std::any_cast<int>(attempt.state)); });
  options.policies.push_back(std::make_shared<TestPolicy>([](auto&, http::Attempt& attempt) {
    EXPECT_FALSE(attempt.state.has_value()) << "each policy has its own";
    return std::nullopt;
  }));
  FakeClient fake(std::move(options));
  fake.transport->add(503, "").add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  EXPECT_EQ(found, (std::vector<int>{10, 20}));
}

TEST(APolicysState, IsDestroyedWithAnAttemptThatIsNeverSent) {
  const auto span = std::make_shared<int>();
  ClientOptions options = with_policy([&](auto&, http::Attempt& attempt) {
    attempt.state = span;
    return std::nullopt;
  });
  options.token_provider = [] { return Token(); };
  FakeClient fake(std::move(options));
  thrown<ConfigurationError>([&] { (void)fake.client.workspaces().get(); });
  EXPECT_EQ(span.use_count(), 1);
}

TEST(APolicy, CannotSetHeadersOfTheLibraryOrTheConnection) {
  for (const char* name :
       {"Host", "content-length", "Transfer-Encoding", "Authorization", "Cookie"}) {
    FakeClient fake(with_policy([&](http::Request& request, auto&) {
      request.headers.add(name, "other.example");
      return std::nullopt;
    }));
    const auto error =
        thrown<ConfigurationError>([&] { (void)fake.client.workspaces().get({.tag = "job 4"}); });
    EXPECT_TRUE(contains(error.what(), "getWorkspace")) << error.what();
    EXPECT_TRUE(contains(error.what(), "policies")) << error.what();
    EXPECT_FALSE(contains(error.what(), "other.example")) << error.what();
    EXPECT_EQ(error.attempts(), 0);
    EXPECT_EQ(error.tag(), "job 4");
    EXPECT_EQ(fake.sent(), 0U);
  }
}

TEST(APolicy, CannotSmuggleInAnotherHeader) {
  FakeClient fake(with_policy([](http::Request& request, auto&) {
    request.headers.add("X-Ok", "a\r\nX-Evil: 1");
    return std::nullopt;
  }));
  thrown<ConfigurationError>([&] { (void)fake.client.workspaces().get(); });
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(TheClientsHeaders, AreSentWithEveryAttemptUnlessTheCallHasItsOwn) {
  FakeClient fake({.headers = {{"X-Tenant", "acme"}, {"X-Team", "data"}, {"Accept", "text/x"}}});
  fake.transport->add(503, "").add(200, string(a_workspace)).add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  for (const auto& request : fake.transport->requests()) {
    EXPECT_EQ(*request.headers.find("X-Tenant"), "acme");
    EXPECT_EQ(*request.headers.find("Accept"), "text/x");
  }
  (void)fake.client.workspaces().get({.headers = {{"x-tenant", "other"}}});
  EXPECT_EQ(fake.header("X-Tenant"), "other");
  EXPECT_EQ(fake.header("X-Team"), "data");
}

TEST(TheClientsHeaders, AreRestrictedLikeThoseOfACall) {
  for (const char* name : {"Authorization", "Host", "Content-Length", "Cookie", "a b", ""}) {
    const auto error = thrown<ConfigurationError>([&] {
      FakeClient({.headers = {{name, "secret-value"}}});
    });
    EXPECT_TRUE(contains(error.what(), "ClientOptions::headers")) << error.what();
    EXPECT_FALSE(contains(error.what(), "secret-value")) << error.what();
  }
}

TEST(TheClientsQuery, IsSentWithEveryCallUnlessOverridden) {
  FakeClient fake({.query = {{"preview", "on"}, {"pagination.count", "7"}}});
  fake.transport->respond_with([](const auto&) { return a_workspace_response(); });
  (void)fake.client.workspaces().get();
  EXPECT_EQ(fake.target(), "/?preview=on&pagination.count=7");
  (void)fake.client.workspaces().get({.query = {{"preview", "off"}}});
  EXPECT_EQ(fake.target(), "/?preview=off&pagination.count=7");
  (void)fake.client.call(http::Method::get, "/new");
  EXPECT_EQ(fake.target(), "/new?preview=on&pagination.count=7");
}

TEST(TheUserAgent, IsTheLibrarysNameAndVersion) {
  FakeClient fake;
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  EXPECT_EQ(fake.header("User-Agent"), "segment-public-api-cpp/" SEGMENT_PUBLIC_API_VERSION);
}

TEST(TheUserAgent, NamesTheApplicationAndTheLibrary) {
  FakeClient fake({.application = "billing/2.4"});
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  EXPECT_EQ(fake.header("User-Agent"),
            "billing/2.4 segment-public-api-cpp/" SEGMENT_PUBLIC_API_VERSION);
}

TEST(TheUserAgent, OfACallReplacesTheLibrarys) {
  FakeClient fake({.application = "billing/2.4"});
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get({.headers = {{"user-agent", "mine/1"}}});
  EXPECT_EQ(fake.header("User-Agent"), "mine/1");
}

TEST(TheUserAgent, AppearsInARequestOnce) {
  FakeClient fake;
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get({.headers = {{"user-agent", "mine/1"}}});
  const auto headers = fake.transport->last_request().headers;
  EXPECT_EQ(std::count_if(
                headers.begin(), headers.end(),
                [](http::HeaderView header) { return http::same_name(header.name, "User-Agent"); }),
            1);
}

TEST(TheApplicationsName, CannotSmuggleInAHeader) {
  EXPECT_THROW(FakeClient({.application = "a\r\nX-Evil: 1"}), ConfigurationError);
  EXPECT_THROW(FakeClient({.application = "a\n"}), ConfigurationError);
  EXPECT_THROW(FakeClient({.application = string("a\0b", 3)}), ConfigurationError);
}

TEST(TheToken, IsRequiredToCreateAClient) {
  const auto error = thrown<ConfigurationError>([] { Client client({}); });
  EXPECT_TRUE(contains(error.what(), "ClientOptions::token")) << error.what();
}

TEST(ATokenProvider, IsAskedBeforeEveryAttempt) {
  int asked = 0;
  FakeClient fake({.token_provider = [&] { return Token("t" + std::to_string(++asked)); }});
  EXPECT_EQ(asked, 0) << "nothing has been sent yet";
  fake.transport->add(broken()).add(429, "").add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  std::vector<string> sent;
  for (const auto& request : fake.transport->requests()) {
    sent.emplace_back(*request.headers.find("Authorization"));
  }
  EXPECT_EQ(sent, (std::vector<string>{"Bearer t1", "Bearer t2", "Bearer t3"}));
}

TEST(ATokenProvider, TakesPrecedenceOverTheToken) {
  FakeClient fake({.token = Token("fixed"), .token_provider = [] { return Token("provided"); }});
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  EXPECT_EQ(fake.header("Authorization"), "Bearer provided");
}

TEST(ATokenProvider, ThatReturnsNoTokenIsAConfigurationErrorAndNothingIsSent) {
  FakeClient fake({.token_provider = [] { return Token(); }});
  const auto error = thrown<ConfigurationError>([&] { (void)fake.client.workspaces().get(); });
  EXPECT_EQ(error.operation(), "getWorkspace");
  EXPECT_EQ(error.attempts(), 0);
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(ATokenProvider, ThatReturnsNoTokenForARetryLeavesTheOutcomeUnknown) {
  int asked = 0;
  FakeClient fake({.token_provider = [&] { return ++asked == 1 ? Token("first") : Token(); }});
  fake.transport->add(broken());
  const auto error =
      thrown<ConfigurationError>([&] { fake.client.sources().remove(SourceId("s1")); });
  EXPECT_EQ(error.attempts(), 1);
  EXPECT_TRUE(error.outcome_unknown());
}

TEST(ATokenProvider, MayThrowAnything) {
  struct VaultIsSealed {};
  FakeClient fake({.token_provider = []() -> Token { throw VaultIsSealed{}; }});
  EXPECT_THROW((void)fake.client.workspaces().get(), VaultIsSealed);
  EXPECT_EQ(fake.sent(), 0U);
}

}  // namespace
}  // namespace segment::testing
