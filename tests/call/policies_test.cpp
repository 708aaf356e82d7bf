// The steps of every try: the application's own, who is asking, the token.
#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>
#include <vector>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;

/// Writes down what it sees, and adds a header.
class Witness final : public http::Policy {
 public:
  explicit Witness(string name, std::vector<string>& log) : name_(std::move(name)), log_(log) {}

  void before_send(http::Request& request, const http::Attempt& attempt) override {
    const string* token = request.headers.find("Authorization");
    const string* earlier = request.headers.find("X-Witness");
    log_.push_back(name_ + " before " + string(attempt.operation.id) + " " +
                   std::to_string(attempt.number) + (token != nullptr ? " saw " + *token : "") +
                   (earlier != nullptr ? " after " + *earlier : ""));
    request.headers.set("X-Witness", name_);
  }

  void after_send(const http::Outcome& outcome, const http::Attempt& attempt) override {
    const auto* response = std::get_if<http::Response>(&outcome);
    log_.push_back(name_ + " after " + std::to_string(attempt.number) + " " +
                   (response != nullptr ? std::to_string(response->status) : "failure"));
  }

 private:
  string name_;
  std::vector<string>& log_;
};

TEST(APolicy, SeesEveryTryInOrderAndNeverTheToken) {
  std::vector<string> log;
  FakeClient fake(
      {.policies = {std::make_shared<Witness>("one", log), std::make_shared<Witness>("two", log)}});
  fake.transport->add(broken()).add(503, "").add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  const std::vector<string> expected = {
      "one before getWorkspace 1", "two before getWorkspace 1 after one",
      "one after 1 failure",       "two after 1 failure",
      "one before getWorkspace 2", "two before getWorkspace 2 after one",
      "one after 2 503",           "two after 2 503",
      "one before getWorkspace 3", "two before getWorkspace 3 after one",
      "one after 3 200",           "two after 3 200"};
  EXPECT_EQ(log, expected);
  EXPECT_EQ(fake.header("X-Witness"), "two");
  EXPECT_EQ(fake.header("Authorization"), "Bearer " + string(test_token));
}

/// Tries to send another token.
class Impostor final : public http::Policy {
  void before_send(http::Request& request, const http::Attempt& /*attempt*/) override {
    request.headers.add("Authorization", "Bearer mine");
    request.headers.add("authorization", "Basic bWluZQ==");
  }
};

TEST(APolicy, CannotReplaceTheToken) {
  FakeClient fake({.policies = {std::make_shared<Impostor>()}});
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  std::vector<string> tokens;
  for (const auto& header : fake.transport->last_request().headers) {
    if (http::same_name(header.name, "Authorization")) tokens.push_back(header.value);
  }
  EXPECT_EQ(tokens, std::vector<string>{"Bearer " + string(test_token)});
}

TEST(TheUserAgent, IsTheLibrarysNameAndVersion) {
  FakeClient fake;
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  EXPECT_EQ(fake.header("User-Agent"), "segment-public-api-cpp/" SEGMENT_PUBLIC_API_VERSION);
}

TEST(TheUserAgent, NamesTheApplicationBesideTheLibrary) {
  FakeClient fake({.application = "billing/2.4"});
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  EXPECT_EQ(fake.header("User-Agent"),
            "billing/2.4 segment-public-api-cpp/" SEGMENT_PUBLIC_API_VERSION);
}

TEST(TheUserAgent, ThatACallGivesReplacesTheLibrarys) {
  FakeClient fake({.application = "billing/2.4"});
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get({.headers = {{"user-agent", "mine/1"}}});
  EXPECT_EQ(fake.header("User-Agent"), "mine/1");
}

TEST(TheUserAgent, StandsInARequestOnce) {
  FakeClient fake;
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get({.headers = {{"user-agent", "mine/1"}}});
  const auto headers = fake.transport->last_request().headers;
  EXPECT_EQ(std::count_if(headers.begin(), headers.end(),
                          [](const http::Header& header) {
                            return http::same_name(header.name, "User-Agent");
                          }),
            1);
}

TEST(TheApplicationsName, CannotSmuggleInAHeader) {
  EXPECT_THROW(FakeClient({.application = "a\r\nX-Evil: 1"}), ConfigurationError);
  EXPECT_THROW(FakeClient({.application = "a\n"}), ConfigurationError);
  EXPECT_THROW(FakeClient({.application = string("a\0b", 3)}), ConfigurationError);
}

TEST(TheToken, IsMissingInAClientThatCannotStart) {
  const auto error = thrown<ConfigurationError>([] { Client client({}); });
  EXPECT_TRUE(contains(error.what(), "ClientOptions::token")) << error.what();
}

TEST(ATokenProvider, IsAskedBeforeEveryTry) {
  int asked = 0;
  FakeClient fake({.token_provider = [&] { return Token("t" + std::to_string(++asked)); }});
  EXPECT_EQ(asked, 0) << "nothing was to be sent yet";
  fake.transport->add(broken()).add(429, "").add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  std::vector<string> sent;
  for (const auto& request : fake.transport->requests()) {
    sent.push_back(*request.headers.find("Authorization"));
  }
  EXPECT_EQ(sent, (std::vector<string>{"Bearer t1", "Bearer t2", "Bearer t3"}));
}

TEST(ATokenProvider, WinsOverTheToken) {
  FakeClient fake({.token = Token("fixed"), .token_provider = [] { return Token("provided"); }});
  fake.transport->add(200, string(a_workspace));
  (void)fake.client.workspaces().get();
  EXPECT_EQ(fake.header("Authorization"), "Bearer provided");
}

TEST(ATokenProvider, ThatGivesNoTokenIsAConfigurationErrorAndNothingIsSent) {
  FakeClient fake({.token_provider = [] { return Token(); }});
  const auto error = thrown<ConfigurationError>([&] { (void)fake.client.workspaces().get(); });
  EXPECT_EQ(error.operation(), "getWorkspace");
  EXPECT_EQ(error.attempts(), 0);
  EXPECT_EQ(fake.sent(), 0U);
}

TEST(ATokenProvider, ThatGivesNoTokenBetweenTriesTellsWhatTheFirstTryMayHaveDone) {
  int asked = 0;
  FakeClient fake({.token_provider = [&] { return ++asked == 1 ? Token("first") : Token(); }});
  fake.transport->add(broken());
  const auto error =
      thrown<ConfigurationError>([&] { fake.client.sources().remove(SourceId("s1")); });
  EXPECT_EQ(error.attempts(), 1);
  EXPECT_TRUE(error.outcome_unknown());
}

TEST(ATokenProvider, MayThrowWhatItLikes) {
  struct VaultIsSealed {};
  FakeClient fake({.token_provider = []() -> Token { throw VaultIsSealed{}; }});
  EXPECT_THROW((void)fake.client.workspaces().get(), VaultIsSealed);
  EXPECT_EQ(fake.sent(), 0U);
}

}  // namespace
}  // namespace segment::testing
