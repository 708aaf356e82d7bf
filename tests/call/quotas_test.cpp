// Monthly quotas: they are kept per category, and never waited for.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using namespace std::chrono_literals;

const string a_regulation = R"({"data":{"regulateId":"r1"}})";
constexpr auto month_end = "Mon, 30 Nov 2026 23:59:59 GMT";

http::Headers month_of(const string& consumed, const string& remaining) {
  return {{"Date", "Mon, 23 Nov 2026 18:00:00 GMT"},
          {"X-RateLimit-Consumed", consumed},
          {"X-RateLimit-Remaining", remaining},
          {"X-RateLimit-Reset", month_end}};
}
constexpr auto until_month_end = std::chrono::days(7) + 5h + 59min + 59s;

void regulate(const Client& client, RegulationType type) {
  (void)client.deletion_and_suppression().create_workspace_regulation(
      {.regulation_type = type,
       .subject_type = RegulationSubjectType::user_id,
       .subject_ids = std::vector<string>{"u1"}});
}

RemainingQuota allowance_of_regulations(const Client& client) {
  return client.remaining_quota(operations::deletion_and_suppression::create_workspace_regulation)
      .value_or(RemainingQuota{});
}

TEST(AMonthlyQuota, IsNotMistakenForALimitPerMinute) {
  FakeClient fake;
  fake.transport->add(200, a_regulation, month_of("1", "109999"));
  regulate(fake.client, RegulationType::delete_only);
  const auto remaining_quota = allowance_of_regulations(fake.client);
  EXPECT_EQ(remaining_quota.limit, 600);
  EXPECT_EQ(remaining_quota.remaining, 599);
  ASSERT_EQ(remaining_quota.quotas.size(), 1U);
  EXPECT_TRUE(contains(remaining_quota.quotas[0].category, "destinations"));
  EXPECT_EQ(remaining_quota.quotas[0].limit, 110'000);
  EXPECT_EQ(remaining_quota.quotas[0].remaining, 109'999);
  EXPECT_EQ(remaining_quota.quotas[0].resets_in, until_month_end);
}

TEST(AMonthlyQuota, ThatIsUsedUpIsAnImmediateErrorAndNothingIsSent) {
  FakeClient fake;
  fake.transport->add(200, a_regulation, month_of("110000", "0"));
  regulate(fake.client, RegulationType::delete_only);
  const auto error =
      thrown<LocalLimitError>([&] { regulate(fake.client, RegulationType::suppress_with_delete); });
  EXPECT_EQ(error.attempts(), 0);
  EXPECT_EQ(error.retry_after(), until_month_end);
  EXPECT_TRUE(contains(error.what(), "this month's quota of regulations")) << error.what();
  EXPECT_EQ(fake.sent(), 1U);
  EXPECT_TRUE(fake.clock->waits().empty());
}

TEST(AMonthlyQuota, HoldsBackNoOtherCategory) {
  FakeClient fake;
  fake.transport->add(200, a_regulation, month_of("110000", "0"));
  regulate(fake.client, RegulationType::delete_only);
  fake.transport->add(200, a_regulation, month_of("1", "9"));
  regulate(fake.client, RegulationType::unsuppress);
  EXPECT_EQ(fake.sent(), 2U);
  EXPECT_TRUE(fake.clock->waits().empty());
  EXPECT_EQ(allowance_of_regulations(fake.client).quotas.size(), 2U);
}

TEST(AMonthlyQuota, ThatTheServerReportsAsUsedUpIsNeverWaitedFor) {
  FakeClient fake({.timeouts = {.call = std::chrono::hours(24 * 400)}});
  fake.transport->add(429, R"({"errors":[{"type":"too-many-requests"}]})", month_of("110001", "0"));
  const auto error =
      thrown<RateLimitError>([&] { regulate(fake.client, RegulationType::delete_only); });
  EXPECT_EQ(error.status(), 429);
  EXPECT_EQ(error.retry_after(), until_month_end);
  EXPECT_TRUE(contains(error.what(), "quota")) << error.what();
  thrown<LocalLimitError>([&] { regulate(fake.client, RegulationType::delete_only); });
  EXPECT_EQ(fake.sent(), 1U);
  EXPECT_TRUE(fake.clock->waits().empty());
  fake.transport->add(200, a_regulation, month_of("1", "9"));
  EXPECT_NO_THROW(regulate(fake.client, RegulationType::suppress_only)) << "another category";
}

TEST(AMonthlyQuota, IsTriedAgainAfterAnHourInCaseItWasRaised) {
  FakeClient fake;
  fake.transport->add(200, a_regulation, month_of("110000", "0"));
  regulate(fake.client, RegulationType::delete_only);
  fake.clock->advance(1h);
  fake.transport->add(200, a_regulation, month_of("110001", "50000"));
  regulate(fake.client, RegulationType::delete_only);
  EXPECT_EQ(allowance_of_regulations(fake.client).quotas[0].limit, 160'001);
}

TEST(AMonthlyQuota, IsUnknownOnceItsMonthIsOver) {
  FakeClient fake;
  fake.transport->add(200, a_regulation, month_of("110000", "0"));
  regulate(fake.client, RegulationType::delete_only);
  fake.clock->advance(until_month_end);
  const auto quotas = allowance_of_regulations(fake.client).quotas;
  ASSERT_EQ(quotas.size(), 1U);
  EXPECT_EQ(quotas[0].remaining, std::nullopt);
  EXPECT_EQ(quotas[0].resets_in, std::nullopt);
  fake.transport->add(200, a_regulation);
  EXPECT_NO_THROW(regulate(fake.client, RegulationType::delete_only));
}

TEST(AMonthlyQuota, CountsCreatedRegulationsAndNotReadOnes) {
  FakeClient fake;
  fake.transport->add(200, a_regulation, month_of("110000", "0"));
  regulate(fake.client, RegulationType::delete_only);
  fake.transport->add(200, R"({"data":{"regulation":{"id":"r1"}}})", month_of("110000", "0"));
  const auto& look = operations::deletion_and_suppression::get_regulation;
  (void)fake.client.deletion_and_suppression().get_regulation(RegulationId("r1"));
  EXPECT_TRUE(fake.client.remaining_quota(look).value_or(RemainingQuota{}).quotas.empty());
}

TEST(ALimitPerMinute, WhoseResetIsRoundedUpIsNotAMonthlyQuota) {
  FakeClient fake;
  fake.transport->add(200, a_regulation,
                      {{"Date", "Mon, 23 Nov 2026 18:00:00 GMT"},
                       {"X-RateLimit-Consumed", "1"},
                       {"X-RateLimit-Remaining", "599"},
                       {"X-RateLimit-Reset", "Mon, 23 Nov 2026 18:01:01 GMT"}});
  regulate(fake.client, RegulationType::delete_only);
  const auto left = allowance_of_regulations(fake.client);
  EXPECT_EQ(left.remaining, 599);
  EXPECT_TRUE(left.quotas.empty());
}

TEST(AMonthlyQuota, ThatIsNotUsedUpDoesNotMakeARefusalWaitForTheMonthsEnd) {
  FakeClient fake;
  fake.transport
      ->add(429, R"({"errors":[{"data":{"msBeforeNext":1500}}]})", month_of("700", "109300"))
      .add(200, a_regulation, month_of("701", "109299"));
  regulate(fake.client, RegulationType::delete_only);
  EXPECT_EQ(fake.clock->waits(), (std::vector<std::chrono::milliseconds>{1500ms}));
}

// Audience previews -------------------------------------------------------------------------------

void preview(const Client& client, const char* space) {
  (void)client.audiences().create_preview(
      SpaceId(space),
      {.definition = AudienceDefinition{.query = "true"}, .audience_type = AudienceType::users});
}

TEST(AudiencePreviews, AreFivePerMinuteWithAMonthlyQuotaPerSpace) {
  const string answer = R"({"data":{"audiencePreview":{"id":"p"}}})";
  FakeClient fake;
  fake.transport->add(429, R"({"errors":[{"data":{"msBeforeNext":600000000}}]})");
  const auto error = thrown<RateLimitError>([&] { preview(fake.client, "spa_1"); });
  EXPECT_TRUE(contains(error.what(), "audience previews of space spa_1")) << error.what();
  thrown<LocalLimitError>([&] { preview(fake.client, "spa_1"); });
  EXPECT_EQ(fake.sent(), 1U);
  fake.transport->add(200, answer, {{"X-RateLimit-Remaining", "3"}});
  preview(fake.client, "spa_2");
  const auto remaining_quota = fake.client.remaining_quota(operations::audiences::create_preview);
  ASSERT_TRUE(remaining_quota.has_value());
  EXPECT_EQ(remaining_quota->limit, 5);
  ASSERT_EQ(remaining_quota->quotas.size(), 1U);
  EXPECT_EQ(remaining_quota->quotas[0].limit, 700);
  EXPECT_EQ(remaining_quota->quotas[0].remaining, 0);
}

}  // namespace
}  // namespace segment::testing
