#include "segment/helpers/long_lists.hpp"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <set>
#include <span>
#include <utility>

#include "segment/api/iam_groups.hpp"
#include "segment/api/iam_users.hpp"
#include "segment/api/tracking_plans.hpp"
#include "segment/api/transformations.hpp"

namespace segment::inline SEGMENT_ABI {

namespace {

template <class T>
std::vector<T> list_of(std::span<const T> items) {
  return {items.begin(), items.end()};
}

struct RuleName {
  std::string type;
  std::string key;
  std::int64_t version;

  auto operator<=>(const RuleName&) const = default;
};

template <class Rule>
RuleName name_of(const Rule& rule) {
  const TrackingPlanRuleType& type = rule.type;
  return {std::string(type.text()), rule.key.value_or(""), rule.version};
}

std::vector<TrackingPlanRuleKey> rules_beside(const Client& client, const TrackingPlanId& plan,
                                              const std::vector<TrackingPlanRuleInput>& wanted,
                                              const CallOptions& call) {
  std::set<RuleName> names;
  for (const auto& rule : wanted) names.insert(name_of(rule));
  std::vector<TrackingPlanRuleKey> others;
  for (const TrackingPlanRule& rule : client.tracking_plans().list_rules(plan, {}, call)) {
    if (names.contains(name_of(rule))) continue;
    others.push_back({.type = rule.type, .key = rule.key, .version = rule.version});
  }
  return others;
}

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::vector<std::string> members_of(const Client& client, const UserGroupId& group,
                                    const CallOptions& call) {
  std::vector<std::string> emails;
  for (const UserGroupMember& user : client.iam_groups().list_users(group, {}, call)) {
    emails.push_back(user.email);
  }
  for (const std::string& email : client.iam_groups().list_invites(group, {}, call)) {
    emails.push_back(email);
  }
  return emails;
}

// Those of the one list that are not in the other.
std::vector<std::string> without(const std::vector<std::string>& emails,
                                 const std::vector<std::string>& others) {
  std::set<std::string> known;
  for (const std::string& email : others) known.insert(lower_case(email));
  std::vector<std::string> left;
  for (const std::string& email : emails) {
    if (known.insert(lower_case(email)).second) left.push_back(email);
  }
  return left;
}

}  // namespace

void replace_rules(const Client& client, const TrackingPlanId& plan,
                   const std::vector<TrackingPlanRuleInput>& rules, const ChunkOptions& options) {
  const TrackingPlans plans = client.tracking_plans();
  if (rules.size() <= options.size) {
    try {
      return plans.replace_rules(plan, {.rules = rules}, options.call);
    } catch (const Error& error) {
      const bool too_large = detail::is_too_large(error) && rules.size() > 1;
      if (!too_large && !detail::holds_too_many(error)) throw;
    }
  }
  in_chunks(rules, options.size, [&](std::span<const TrackingPlanRuleInput> some) {
    std::vector<TrackingPlanRuleUpsert> upserts;
    for (const auto& rule : some) {
      upserts.push_back({.type = rule.type,
                         .key = rule.key,
                         .json_schema = rule.json_schema,
                         .version = rule.version});
    }
    plans.update_rules(plan, {.rules = std::move(upserts)}, options.call);
  });
  remove_rules(client, plan, rules_beside(client, plan, rules, options.call), options);
}

void remove_rules(const Client& client, const TrackingPlanId& plan,
                  const std::vector<TrackingPlanRuleKey>& rules, const ChunkOptions& options) {
  in_chunks(rules, options.size_in_url, [&](std::span<const TrackingPlanRuleKey> some) {
    client.tracking_plans().remove_rules(plan, {.rules = list_of(some)}, options.call);
  });
}

void replace_users(const Client& client, const UserGroupId& group,
                   const std::vector<std::string>& emails, const ChunkOptions& options) {
  if (emails.size() <= options.size) {
    try {
      (void)client.iam_groups().replace_users(group, {.emails = emails}, options.call);
      return;
    } catch (const Error& error) {
      if (!detail::is_too_large(error) || emails.size() < 2) throw;
    }
  }
  const std::vector<std::string> present = members_of(client, group, options.call);
  in_chunks(without(emails, present), options.size, [&](std::span<const std::string> some) {
    (void)client.iam_groups().add_users(group, {.emails = list_of(some)}, options.call);
  });
  remove_group_users(client, group, without(present, emails), options);
}

void remove_group_users(const Client& client, const UserGroupId& group,
                        const std::vector<std::string>& emails, const ChunkOptions& options) {
  in_chunks(emails, options.size_in_url, [&](std::span<const std::string> some) {
    client.iam_groups().remove_users(group, {.emails = list_of(some)}, options.call);
  });
}

void remove_workspace_users(const Client& client, const std::vector<UserId>& users,
                            const ChunkOptions& options) {
  in_chunks(users, options.size_in_url, [&](std::span<const UserId> some) {
    client.iam_users().remove({.user_ids = list_of(some)}, options.call);
  });
}

void remove_invites(const Client& client, const std::vector<std::string>& emails,
                    const ChunkOptions& options) {
  in_chunks(emails, options.size_in_url, [&](std::span<const std::string> some) {
    client.iam_users().remove_invites({.emails = list_of(some)}, options.call);
  });
}

std::optional<Transformation> find_transformation(const Client& client, const TransformationId& id,
                                                  const CallOptions& options) {
  const Transformations transformations = client.transformations();
  try {
    return transformations.get(id, options);
  } catch (const NotFoundError&) {
    return std::nullopt;
  } catch (const PermissionDeniedError&) {
    for (const Transformation& one : transformations.list({}, options)) {
      if (one.id == id) throw;
    }
    return std::nullopt;
  }
}

}  // namespace segment::inline SEGMENT_ABI
