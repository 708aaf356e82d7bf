// Tracking plan rules that are too many for a request, or for a PUT.
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "segment/helpers.hpp"
#include "support/by_each_front.hpp"
#include "support/fake_client.hpp"

namespace segment {
namespace {

using testing::By;
using testing::contains;
using testing::FakeClient;

// A tracking plan that accepts this many rules per request, and no PUT if it holds more than that.
struct LongPlan {
  LongPlan(FakeClient& fakes, std::size_t most_in_request, std::size_t holds)
      : most(most_in_request), held(holds) {
    fakes.transport->respond_with(
        [this](const http::Request& request) { return respond(request); });
  }

  http::Response respond(const http::Request& request) {
    methods += request.method == http::Method::put     ? 'u'
               : request.method == http::Method::patch ? 'a'
               : request.method == http::Method::get   ? 'g'
                                                       : 'd';
    if (request.method == http::Method::get) {
      return {200,
              {},
              R"({"data":{"rules":[{"type":"TRACK","key":"old","version":1},)"
              R"({"type":"TRACK","key":"0","version":1}],"pagination":{"current":"a"}}})"};
    }
    if (request.method == http::Method::delete_) return {200, {}, std::string(testing::a_success)};
    const std::size_t rules = Json::parse(*request.body).at("rules").size();
    if (request.method == http::Method::put && held > most) {
      return {400,
              {},
              R"({"errors":[{"type":"bad-request","message":"The plan is too large for )"
              R"(this call. Use DELETE and PATCH instead."}]})"};
    }
    if (rules > most) {
      return {422,
              {},
              R"({"errors":[{"type":"validation","field":"rules","message":)"
              R"("must contain at most )" +
                  std::to_string(most) + R"( items"}]})"};
    }
    taken += rules;
    return {200, {}, std::string(testing::a_success)};
  }

  std::size_t most;
  std::size_t held;
  std::size_t taken = 0;
  std::string methods{};
};

std::vector<TrackingPlanRuleInput> numbered_rules(std::size_t count) {
  std::vector<TrackingPlanRuleInput> rules;
  for (std::size_t i = 0; i < count; ++i) {
    rules.push_back({.type = TrackingPlanRuleType::track,
                     .key = std::to_string(i),
                     .json_schema = Json::object(),
                     .version = 1});
  }
  return rules;
}

class ReplaceRules : public ::testing::TestWithParam<By> {
 protected:
  static void replace(FakeClient& fakes, const std::vector<TrackingPlanRuleInput>& rules,
                      const ChunkOptions& options = {}) {
    made_by(GetParam(), fakes.client, [&](const auto& client) {
      return replace_rules(client, TrackingPlanId("tp"), rules, options);
    });
  }
};

INSTANTIATE_TEST_SUITE_P(OfEachFront, ReplaceRules, ::testing::ValuesIn(testing::every_front));

TEST_P(ReplaceRules, HalvesWhatTheApiSaysIsTooMany) {
  FakeClient fakes;
  LongPlan plan(fakes, 200, 0);
  replace(fakes, numbered_rules(500), {.size = 2000});
  EXPECT_EQ(plan.taken, 500U);
  EXPECT_EQ(plan.methods, "uaaaaaagd") << "500 and 250 are too many";
}

TEST_P(ReplaceRules, FallsBackToPatchListAndDeleteIfThePlanHoldsTooMany) {
  for (const std::size_t count : {0U, 1U, 30U}) {
    FakeClient fakes;
    LongPlan plan(fakes, 200, 201);
    replace(fakes, numbered_rules(count));
    EXPECT_EQ(plan.taken, count);
    EXPECT_EQ(plan.methods, count == 0 ? "ugd" : "uagd");
    EXPECT_TRUE(contains(fakes.target(), "key=old")) << fakes.target();
    EXPECT_EQ(contains(fakes.target(), "key=0"), count == 0) << "it must stay: " << fakes.target();
  }
}

TEST_P(ReplaceRules, DeletesNothingIfTheRulesCouldNotBeAdded) {
  FakeClient fakes;
  std::string methods;
  fakes.transport->respond_with([&](const http::Request& request) -> http::Response {
    methods += request.method == http::Method::put ? 'u' : 'a';
    if (methods == "u") return {400, {}, R"({"errors":[{"message":"use PATCH and DELETE"}]})"};
    return {403, {}, "{}"};
  });
  try {
    replace(fakes, numbered_rules(30));
    FAIL() << "nothing was thrown";
  } catch (const ChunkError& error) {
    EXPECT_EQ(error.done(), 0U);
  }
  EXPECT_EQ(methods, "ua");
}

TEST_P(ReplaceRules, KeepsARuleWhoseTypeTheApiWritesInAnotherCase) {
  FakeClient fakes;
  std::string methods;
  fakes.transport->respond_with([&](const http::Request& request) -> http::Response {
    methods += request.method == http::Method::put   ? 'u'
               : request.method == http::Method::get ? 'g'
                                                     : 'a';
    if (methods == "u") return {400, {}, R"({"errors":[{"message":"use PATCH and DELETE"}]})"};
    if (request.method != http::Method::get) return {200, {}, std::string(testing::a_success)};
    return {200, {}, R"({"data":{"rules":[{"type":"Track","key":"0","version":1}]}})"};
  });
  replace(fakes, numbered_rules(1));
  EXPECT_EQ(methods, "uag") << "nothing is left to delete";
}

TEST_P(ReplaceRules, SendsNothingWithAChunkSizeOfZero) {
  for (const ChunkOptions& options : {ChunkOptions{.size = 0}, ChunkOptions{.size_in_url = 0}}) {
    FakeClient fakes;
    testing::thrown<InvalidArgumentError>([&] { replace(fakes, numbered_rules(3), options); });
    EXPECT_EQ(fakes.sent(), 0U);
  }
}

TEST_P(ReplaceRules, ThrowsIfASingleRuleIsTooLarge) {
  FakeClient fakes;
  fakes.transport->respond_with([](const http::Request&) { return http::Response{413, {}, "{}"}; });
  testing::thrown<PayloadTooLargeError>([&] { replace(fakes, numbered_rules(1)); });
  EXPECT_EQ(fakes.sent(), 1U);
}

}  // namespace
}  // namespace segment
