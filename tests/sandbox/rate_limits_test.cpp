#include <gtest/gtest.h>

#include <numeric>

#include "http/syntax.hpp"
#include "talk.hpp"

namespace segment::sandbox::test {
namespace {

using std::chrono::seconds;

struct Limited {
  explicit Limited(SandboxOptions options)
      : sandbox(with_clock(std::move(options))), talk(sandbox) {}

  SandboxOptions with_clock(SandboxOptions options) {
    options.clock = clock;
    return options;
  }

  std::shared_ptr<testing::ManualClock> clock = std::make_shared<testing::ManualClock>(
      std::chrono::system_clock::time_point(seconds(1'790'000'000)));
  Sandbox sandbox;
  Talk talk;
};

RateLimit a_minute(int requests) { return {requests, RatePeriod::minute}; }

TEST(SandboxRateLimits, CountInHeadersAndThenReject) {
  Limited limited({.operation_limits = {{"listLabels", a_minute(2)}}});
  const auto first = limited.talk.get("/labels");
  EXPECT_EQ(header(first, "X-RateLimit-Consumed"), "1");
  EXPECT_EQ(header(first, "X-RateLimit-Remaining"), "1");
  EXPECT_EQ(header(first, "X-RateLimit-Reset"), "Mon, 21 Sep 2026 14:14:20 +0000");
  limited.clock->advance(seconds(20));
  EXPECT_EQ(header(limited.talk.get("/labels"), "X-RateLimit-Remaining"), "0");
  const auto refused = limited.talk.get("/labels");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(Json::parse(refused.body).at("errors").at(0).at("data"),
            Json::parse(R"({"msBeforeNext": 40000, "remainingPoints": 0, "consumedPoints": 3})"));
  EXPECT_EQ(Json::parse(refused.body).at("errors").at(0).at("type").as_string(), "RequestError");
  EXPECT_EQ(header(refused, "X-RateLimit-Consumed"), "3");
  EXPECT_EQ(header(refused, "X-RateLimit-Remaining"), "0");
  EXPECT_EQ(header(refused, "X-RateLimit-Reset"), "Mon, 21 Sep 2026 14:14:20 +0000");
  EXPECT_EQ(header(refused, "Retry-After"), "");
}

TEST(SandboxRateLimits, StartAgainWhenTheWindowHasPassed) {
  Limited limited({.operation_limits = {{"listLabels", a_minute(1)}}});
  EXPECT_EQ(limited.talk.get("/labels").status, 200);
  limited.clock->advance(seconds(59));
  EXPECT_EQ(limited.talk.get("/labels").status, 429);
  limited.clock->advance(seconds(1));
  EXPECT_EQ(limited.talk.get("/labels").status, 200);
}

TEST(SandboxRateLimits, OfTheTokenSendRetryAfterInWholeSeconds) {
  Limited limited({.token_limit = a_minute(1)});
  EXPECT_EQ(header(limited.talk.get("/labels"), "X-RateLimit-Remaining"), "0");
  limited.clock->advance(std::chrono::milliseconds(500));
  const auto refused = limited.talk.get("/sources");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(header(refused, "Retry-After"), "60");
}

TEST(SandboxRateLimits, OfOneOperationLeaveTheOthersAlone) {
  Limited limited({.operation_limits = {{"listLabels", a_minute(1)}}});
  EXPECT_EQ(limited.talk.get("/labels").status, 200);
  EXPECT_EQ(limited.talk.get("/labels").status, 429);
  EXPECT_EQ(limited.talk.get("/sources").status, 200);
}

TEST(SandboxRateLimits, AreThePublishedOnesByDefault) {
  Limited limited({});
  for (int i = 0; i < 60; ++i) limited.talk.remove("/labels/none/none");
  EXPECT_EQ(limited.talk.remove("/labels/none/none").status, 429);
}

TEST(SandboxRateLimits, AreReportedInEverySuccess) {
  Limited limited({.default_limit = a_minute(2)});
  const auto first = limited.talk.get("/sources");
  EXPECT_EQ(header(first, "X-RateLimit-Consumed"), "1");
  EXPECT_EQ(header(first, "X-RateLimit-Remaining"), "1");
  EXPECT_FALSE(header(first, "X-RateLimit-Reset").empty());
  EXPECT_EQ(header(limited.talk.get("/roles"), "X-RateLimit-Consumed"), "1");
  EXPECT_EQ(limited.talk.get("/sources").status, 200);
  EXPECT_EQ(limited.talk.get("/sources").status, 429);
}

std::string regulation(const char* type, int users) {
  Json ids = Json::array();
  for (int i = 0; i < users; ++i) ids.push_back("user-" + std::to_string(i));
  return Json::object(
             {{"regulationType", type}, {"subjectType", "USER_ID"}, {"subjectIds", std::move(ids)}})
      .dump();
}

TEST(SandboxRateLimits, OfRegulationsReportTheMonthlyQuotaOfTheirCategory) {
  Limited limited({.seed = false});
  const auto create = [&](const char* type, int users) {
    return limited.talk.post("/regulations", regulation(type, users));
  };
  const auto first = create("SUPPRESS_ONLY", 3);
  EXPECT_EQ(header(first, "X-RateLimit-Consumed"), "3");
  EXPECT_EQ(header(first, "X-RateLimit-Remaining"), "109997");
  EXPECT_EQ(header(first, "X-RateLimit-Reset"), "Thu, 01 Oct 2026 00:00:00 +0000");
  EXPECT_EQ(header(create("DELETE_ONLY", 1), "X-RateLimit-Consumed"), "1");
  EXPECT_EQ(header(create("UNSUPPRESS", 1), "X-RateLimit-Consumed"), "4");
}

TEST(SandboxRateLimits, OfAMonthRejectWhatExceedsTheQuota) {
  Limited limited({.seed = false});
  const std::string many = regulation("DELETE_ONLY", 5000);
  for (int i = 0; i < 22; ++i) ASSERT_EQ(limited.talk.post("/regulations", many).status, 200);
  const auto refused = limited.talk.post("/regulations", regulation("DELETE_ONLY", 1));
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(header(refused, "X-RateLimit-Remaining"), "0");
  EXPECT_EQ(limited.talk.post("/regulations", regulation("SUPPRESS_ONLY", 1)).status, 200);
  limited.clock->advance(std::chrono::days(31));
  EXPECT_EQ(limited.talk.post("/regulations", many).status, 200);
}

TEST(SandboxRateLimits, OfPreviewsCountPerMonthAndSpace) {
  Limited limited({.operation_limits = {{"createAudiencePreview", RateLimit{}}}});
  const Json spaces = data(limited.talk.get("/spaces")).at("spaces");
  const auto preview = [&](std::size_t space) {
    return limited.talk
        .post("/spaces/" + spaces.at(space).at("id").as_string() + "/audiences/previews",
              R"({"audienceType": "USERS", "definition": {"query": "event('x').count() > 1"}})")
        .status;
  };
  for (int i = 0; i < 700; ++i) ASSERT_EQ(preview(1), 200) << i;
  EXPECT_EQ(preview(1), 429);
  EXPECT_EQ(preview(0), 200);
}

TEST(SandboxRateLimits, CanBeSwitchedOffOrLifted) {
  Limited off({.rate_limits = false, .token_limit = a_minute(1)});
  Limited lifted({.operation_limits = {{"deleteLabel", RateLimit{}}}});
  for (int i = 0; i < 70; ++i) {
    EXPECT_EQ(off.talk.remove("/labels/none/none").status, 404);
    EXPECT_EQ(lifted.talk.remove("/labels/none/none").status, 404);
  }
}

TEST(SandboxRateLimits, AreWaitedOutByAClient) {
  Limited limited({.operation_limits = {{"createLabel", a_minute(1)}}});
  ClientOptions options = limited.sandbox.client_options();
  options.clock = limited.clock;
  const Client client(options);
  client.labels().create({.label = Label{.key = "a", .value = "1"}});
  client.labels().create({.label = Label{.key = "a", .value = "2"}});
  // It wakes up in between to ask its limiter again.
  const auto waits = limited.clock->waits();
  EXPECT_EQ(std::accumulate(waits.begin(), waits.end(), std::chrono::milliseconds::zero()),
            std::chrono::minutes(1));
}

TEST(SandboxRateLimits, AreReportedToACallerWhoDoesNotWait) {
  Limited limited({.token_limit = a_minute(1)});
  const Client client = quick_client(limited.sandbox, 1);
  (void)client.labels().list().to_vector();
  try {
    (void)client.labels().list().to_vector();
    ADD_FAILURE() << "an error was expected";
  } catch (const RateLimitError& error) {
    EXPECT_EQ(error.retry_after(), std::chrono::milliseconds(60'000));
  }
}

}  // namespace
}  // namespace segment::sandbox::test
