#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <segment/helpers.hpp>

#include "sandbox/talk.hpp"

namespace segment::sandbox::test {
namespace {

std::ptrdiff_t count(const Sandbox& sandbox, std::string_view operation) {
  return std::ranges::count(sandbox.requests(), operation, &RequestRecord::operation);
}

struct Plan {
  explicit Plan(SandboxOptions options = {}) : sandbox(std::move(options)) {
    id = client.tracking_plans().create({.name = "Web", .type = TrackingPlanType::live}).id;
  }

  [[nodiscard]] std::vector<std::string> rules() const {
    std::vector<std::string> keys;
    for (const auto& rule : client.tracking_plans().list_rules(id)) keys.push_back(*rule.key);
    std::ranges::sort(keys);
    return keys;
  }

  Sandbox sandbox;
  Client client = quick_client(sandbox);
  TrackingPlanId id{};
};

std::vector<TrackingPlanRuleInput> rules(char from, char to) {
  std::vector<TrackingPlanRuleInput> made;
  for (char c = from; c <= to; ++c) {
    made.push_back({.type = TrackingPlanRuleType::track,
                    .key = std::string(1, c),
                    .json_schema = Json::object(),
                    .version = 1});
  }
  return made;
}

std::vector<std::string> keys(char from, char to) {
  std::vector<std::string> made;
  for (char c = from; c <= to; ++c) made.emplace_back(1, c);
  return made;
}

TEST(CreateIfAbsentInTheSandbox, ACutOrResetCreationLeavesExactlyOne) {
  for (const Fault& fault : {Fault::cut(), Fault::reset()}) {
    Sandbox sandbox;
    const Client client = quick_client(sandbox);
    const auto groups = [&] {
      std::vector<UserGroup> found;
      for (const UserGroup& group : client.iam_groups().list()) {
        if (group.name == "Analysts") found.push_back(group);
      }
      return found;
    };
    sandbox.next("createUserGroup", fault);
    const UserGroup made = create_if_absent(
        client,
        [&] {
          const auto found = groups();
          return found.empty() ? std::nullopt : std::optional(found.front());
        },
        [&] { return client.iam_groups().create({.name = "Analysts"}); });
    ASSERT_EQ(groups().size(), 1U);
    EXPECT_EQ(made.id, groups().front().id);
    EXPECT_EQ(count(sandbox, "createUserGroup"), 1);
  }
}

TEST(ReplaceRulesInTheSandbox, OneChunkIsOneCall) {
  Plan plan;
  replace_rules(plan.client, plan.id, rules('a', 'e'));
  replace_rules(plan.client, plan.id, rules('c', 'g'));
  EXPECT_EQ(plan.rules(), keys('c', 'g'));
  EXPECT_EQ(count(plan.sandbox, "replaceRulesInTrackingPlan"), 2);
  EXPECT_EQ(count(plan.sandbox, "updateRulesInTrackingPlan"), 0);
}

TEST(ReplaceRulesInTheSandbox, SeveralChunksAreAddedBeforeTheOldRulesAreDeleted) {
  Plan plan;
  const ChunkOptions small{.size = 3, .size_in_url = 2};
  replace_rules(plan.client, plan.id, rules('a', 'g'), small);
  replace_rules(plan.client, plan.id, rules('e', 'j'), small);
  EXPECT_EQ(plan.rules(), keys('e', 'j'));
  EXPECT_EQ(count(plan.sandbox, "replaceRulesInTrackingPlan"), 0);
  EXPECT_EQ(count(plan.sandbox, "removeRulesFromTrackingPlan"), 2) << "of the rules a to d";
}

TEST(ReplaceRulesInTheSandbox, AnErrorPartWayLosesNoRuleAndTheCallCanBeRepeated) {
  Plan plan;
  const ChunkOptions small{.size = 3, .size_in_url = 2};
  replace_rules(plan.client, plan.id, rules('a', 'd'), small);
  plan.sandbox.next("updateRulesInTrackingPlan", Fault::delay(std::chrono::milliseconds(0)));
  plan.sandbox.next("updateRulesInTrackingPlan", Fault::status(403));
  try {
    replace_rules(plan.client, plan.id, rules('d', 'j'), small);
    FAIL() << "nothing was thrown";
  } catch (const ChunkError& error) {
    EXPECT_EQ(error.done(), 3U);
    EXPECT_EQ(error.total(), 7U);
  }
  EXPECT_EQ(plan.rules(), keys('a', 'f')) << "old and new ones side by side";
  replace_rules(plan.client, plan.id, rules('d', 'j'), small);
  EXPECT_EQ(plan.rules(), keys('d', 'j'));
}

TEST(ReplaceRulesInTheSandbox, WhatIsTooLargeForOneCallIsSplit) {
  Plan plan({.max_request_bytes = 400});
  replace_rules(plan.client, plan.id, rules('a', 'z'));
  EXPECT_EQ(plan.rules(), keys('a', 'z'));
  EXPECT_EQ(count(plan.sandbox, "replaceRulesInTrackingPlan"), 1);
}

TEST(RemoveRulesInTheSandbox, AListThatIsTooLongForAUrlIsHalved) {
  Plan plan;
  replace_rules(plan.client, plan.id, rules('a', 'h'));
  std::vector<TrackingPlanRuleKey> gone;
  for (const auto& rule : rules('a', 'g')) {
    gone.push_back({.type = rule.type, .key = rule.key, .version = rule.version});
  }
  plan.sandbox.next("removeRulesFromTrackingPlan", Fault::status(414));
  remove_rules(plan.client, plan.id, gone);
  EXPECT_EQ(plan.rules(), keys('h', 'h'));
  EXPECT_EQ(count(plan.sandbox, "removeRulesFromTrackingPlan"), 3) << "refused, four, three";
}

TEST(ReplaceUsersInTheSandbox, TheGroupHasTheGivenMembersAndNeverDropsThoseWhoStay) {
  Sandbox sandbox({.rate_limits = false});
  const Client client = quick_client(sandbox);
  std::vector<Invite> invites;
  std::vector<std::string> emails;
  for (char c = 'a'; c <= 'i'; ++c) {
    emails.push_back(std::string(1, c) + "@example.com");
    invites.push_back({.email = emails.back()});
  }
  (void)client.iam_users().create_invites({.invites = invites});
  const UserGroupId group = client.iam_groups().create({.name = "Readers"}).id;
  const ChunkOptions small{.size = 2, .size_in_url = 2};
  replace_users(client, group, {emails.begin(), emails.begin() + 6}, small);
  std::vector<std::string> wanted{emails.begin() + 3, emails.end()};
  wanted.front() = "D@example.com";  // the same address in a different case
  replace_users(client, group, wanted, small);

  std::vector<std::string> members;
  for (const std::string& email : client.iam_groups().list_invites(group)) members.push_back(email);
  std::ranges::sort(members);
  EXPECT_EQ(members, (std::vector<std::string>{emails.begin() + 3, emails.end()}));
  EXPECT_EQ(count(sandbox, "replaceUsersInUserGroup"), 0);
  EXPECT_EQ(count(sandbox, "removeUsersFromUserGroup"), 2) << "a, b and c";

  remove_invites(client, emails, small);
  for (const std::string& email : client.iam_users().list_invites()) {
    EXPECT_EQ(std::ranges::count(emails, email), 0) << email;
  }
}

TEST(IfExistsInTheSandbox, ADeletionWhoseResponseWasCutCountsAsADeletion) {
  Sandbox sandbox;
  const Client client = quick_client(sandbox);
  const UserGroupId group = client.iam_groups().create({.name = "Writers"}).id;
  const auto remove = [&] { client.iam_groups().remove(group); };
  sandbox.next("deleteUserGroup", Fault::cut());
  EXPECT_TRUE(remove_if_exists(remove));
  EXPECT_FALSE(remove_if_exists(remove));
  EXPECT_EQ(find_or_none([&] { return client.iam_groups().get(group); }), std::nullopt);
}

TEST(FindTransformationInTheSandbox, ReturnsNothingIfThereIsNone) {
  Sandbox sandbox;
  const Client client = quick_client(sandbox);
  EXPECT_THROW((void)client.transformations().get(TransformationId("none")), PermissionDeniedError);
  EXPECT_EQ(find_transformation(client, TransformationId("none")), std::nullopt);
}

}  // namespace
}  // namespace segment::sandbox::test
