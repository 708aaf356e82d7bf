#include <gtest/gtest.h>

#include <optional>
#include <thread>

#include "support/held_clock.hpp"
#include "talk.hpp"

namespace segment::sandbox::test {
namespace {

using http::FailureKind;
using http::Method;

std::size_t calls(const Sandbox& sandbox) { return sandbox.requests().size(); }

TEST(SandboxFaults, ReturnAStatusOnceAndDoNothingElse) {
  Sandbox sandbox;
  Talk talk(sandbox);
  sandbox.next("createLabel", Fault::status(503));
  const std::string label = R"({"label": {"key": "a", "value": "b"}})";
  const auto failed = talk.post("/labels", label);
  EXPECT_EQ(failed.status, 503);
  EXPECT_EQ(fields(failed), "- ");
  EXPECT_EQ(talk.post("/labels", label).status, 201);
}

TEST(SandboxFaults, CarryTheGivenBodyAndHeaders) {
  Sandbox sandbox;
  Talk talk(sandbox);
  sandbox.next("listLabels",
               Fault::status(502, "<html>", {{"Content-Type", "text/html"}, {"Retry-After", "7"}}));
  const auto response = talk.get("/labels");
  EXPECT_EQ(response.status, 502);
  EXPECT_EQ(response.body, "<html>");
  EXPECT_EQ(header(response, "Content-Type"), "text/html");
  EXPECT_EQ(header(response, "Retry-After"), "7");
  EXPECT_FALSE(header(response, "X-Request-Id").empty());
}

TEST(SandboxFaults, AreRetriedByAClient) {
  Sandbox sandbox;
  sandbox.next("listLabels", Fault::status(503).repeated(2));
  EXPECT_EQ(quick_client(sandbox).labels().list().to_vector().size(), 2U);
  EXPECT_EQ(calls(sandbox), 3U);
}

TEST(SandboxFaults, CutTheBodyAfterTheCallWasCarriedOut) {
  Sandbox sandbox;
  Talk talk(sandbox);
  sandbox.next("createLabel", Fault::cut());
  const auto outcome =
      talk.send(Method::post, "/labels", {}, R"({"label": {"key": "a", "value": "b"}})");
  ASSERT_TRUE(std::holds_alternative<http::Failure>(outcome));
  EXPECT_EQ(std::get<http::Failure>(outcome).kind, FailureKind::broken);
  EXPECT_EQ(data(talk.get("/labels")).at("labels").size(), 3U);
}

TEST(SandboxFaults, ResetTheConnectionAfterTheCallWasCarriedOut) {
  Sandbox sandbox;
  Talk talk(sandbox);
  sandbox.next("createLabel", Fault::reset());
  const auto outcome =
      talk.send(Method::post, "/labels", {}, R"({"label": {"key": "a", "value": "b"}})");
  ASSERT_TRUE(std::holds_alternative<http::Failure>(outcome));
  EXPECT_TRUE(std::get<http::Failure>(outcome).may_have_been_sent);
  EXPECT_EQ(data(talk.get("/labels")).at("labels").size(), 3U);
}

TEST(SandboxFaults, LeaveTheOutcomeOfAPostUnknownButNotOfAGet) {
  Sandbox sandbox;
  const Client client = quick_client(sandbox);
  for (const Fault& fault : {Fault::cut(), Fault::reset()}) {
    sandbox.next("createLabel", fault);
    try {
      client.labels().create({.label = Label{.key = "a", .value = "b"}});
      ADD_FAILURE() << "an error was expected";
    } catch (const TransportError& error) {
      EXPECT_TRUE(error.outcome_unknown());
      EXPECT_EQ(error.attempts(), 1);
    }
    client.labels().remove("a", "b");
    sandbox.next("listLabels", fault);
    EXPECT_EQ(client.labels().list().to_vector().size(), 2U);
  }
}

TEST(SandboxFaults, WaitOnTheSandboxsClock) {
  const auto clock = std::make_shared<testing::ManualClock>();
  Sandbox sandbox(SandboxOptions{.clock = clock});
  Talk talk(sandbox);
  sandbox.next("listLabels", Fault::delay(std::chrono::milliseconds(1500)));
  EXPECT_EQ(talk.get("/labels").status, 200);
  EXPECT_EQ(clock->waits(), std::vector{std::chrono::milliseconds(1500)});
}

TEST(SandboxFaults, ThatWaitDoNotDelayShutdown) {
  const auto clock = std::make_shared<segment::test::HeldClock>();
  std::optional<Sandbox> sandbox(SandboxOptions{.clock = clock});
  sandbox->next("listLabels", Fault::delay(std::chrono::minutes(5)));
  const Client client = quick_client(*sandbox, 1);
  const std::jthread calling([&] {
    try {
      (void)client.labels().list().to_vector();
    } catch (const TransportError& error) {  // unless the response comes first
      EXPECT_EQ(error.attempts(), 1);
    }
  });
  EXPECT_TRUE(clock->has_begun(1));
  sandbox.reset();
}

TEST(SandboxFaults, ApplyToWhicheverCallComesNext) {
  Sandbox sandbox;
  Talk talk(sandbox);
  sandbox.next("*", Fault::status(500));
  EXPECT_EQ(talk.get("/sources").status, 500);
  EXPECT_EQ(talk.get("/sources").status, 200);
}

TEST(SandboxFaults, ApplyInTheOrderTheyWereQueued) {
  Sandbox sandbox;
  Talk talk(sandbox);
  sandbox.next("listLabels", Fault::status(500));
  sandbox.next("listLabels", Fault::status(502));
  sandbox.next("listSources", Fault::status(503));
  EXPECT_EQ(talk.get("/labels").status, 500);
  EXPECT_EQ(talk.get("/labels").status, 502);
  EXPECT_EQ(talk.get("/labels").status, 200);
  EXPECT_EQ(talk.get("/sources").status, 503);
}

TEST(SandboxFaults, ThatAreInvalidAreRejected) {
  Sandbox sandbox;
  EXPECT_THROW(sandbox.next("noSuchOperation", Fault::cut()), InvalidArgumentError);
  EXPECT_THROW(sandbox.next("listLabels", Fault::status(99)), InvalidArgumentError);
  EXPECT_THROW(sandbox.next("listLabels", Fault::cut().repeated(0)), InvalidArgumentError);
}

TEST(SandboxFaults, CanBeRequestedByAHeader) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  const auto asking = [&](const char* fault) {
    return talk.send(Method::get, "/labels", {{"X-Sandbox-Fault", fault}});
  };
  EXPECT_EQ(std::get<http::Response>(asking("status=418")).status, 418);
  EXPECT_TRUE(std::holds_alternative<http::Failure>(asking("cut")));
  EXPECT_TRUE(std::holds_alternative<http::Failure>(asking("reset")));
  EXPECT_EQ(std::get<http::Response>(asking("delay=1")).status, 200);
  EXPECT_EQ(std::get<http::Response>(asking("id=7")).status, 200);
}

TEST(SandboxFaults, AreRejectedWithTheMisspeltWord) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  for (const std::string word :
       {"nonsense", "stauts=503", "Status=503", "status", "status=", "status=abc", "status=99",
        "status=600", "cut=1", "resett", "delay=-1", "delay=1e3", "times=0", "id", "times=2x"}) {
    const auto response = talk.post("/labels", R"({"label": {"key": "a", "value": "b"}})",
                                    {{"X-Sandbox-Fault", "delay=0; " + word}});
    EXPECT_EQ(response.status, 400) << word;
    EXPECT_NE(response.body.find("`" + word + "`"), std::string::npos) << response.body;
  }
  EXPECT_EQ(data(talk.get("/labels")).at("labels").size(), 2U);
}

TEST(SandboxFaults, AreRejectedIfTheyAreNotUtf8) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  for (const char* word : {"\xff", "%ff", "status=\xc3"}) {
    const auto response = talk.get("/labels", {{"X-Sandbox-Fault", word}});
    EXPECT_EQ(response.status, 400) << response.body;
    EXPECT_EQ(fields(response), "- ");
  }
}

TEST(SandboxFaults, RepeatedByAHeaderEndAfterThatManyTimes) {
  const Sandbox sandbox;
  CallOptions options;
  options.headers.push_back({"X-Sandbox-Fault", "status=503; times=2; id=7"});
  EXPECT_EQ(quick_client(sandbox).labels().list(options).to_vector().size(), 2U);
  EXPECT_EQ(calls(sandbox), 3U);
}

}  // namespace
}  // namespace segment::sandbox::test
