#include "segment/helpers/long_lists.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "client/stepwise.hpp"
#include "segment/api/iam_groups.hpp"
#include "segment/api/iam_users.hpp"
#include "segment/api/tracking_plans.hpp"
#include "segment/api/transformations.hpp"
#include "segment/helpers/chunks.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

template <class T>
std::vector<T> list_of(std::span<const T> items) {
  return {items.begin(), items.end()};
}

struct RuleName {
  TrackingPlanRuleType type;
  std::string key;
  std::int64_t version;

  // The API may answer with a type in another case, which is the same type.
  friend bool operator<(const RuleName& a, const RuleName& b) {
    return std::tie(a.type, a.key, a.version) < std::tie(b.type, b.key, b.version);
  }
};

template <class Rule>
RuleName name_of(const Rule& rule) {
  return {rule.type, rule.key.value_or(""), rule.version};
}

// Makes the call for some items of a list.
template <class Made, class T>
using ChunkCall = std::function<SequenceCall<Made>(const std::vector<T>& some)>;

/// Makes a call for each chunk of a list. The arguments must outlive the sequence.
template <class Made, class T>
SequenceOf<void> call_chunks(const std::vector<T>& items, std::size_t size,
                             const ChunkCall<Made, T>& begin_call) {
  for (Chunks chunks(items.size(), size); !chunks.is_done();) {
    const std::vector<T> some = list_of(chunks.of(std::span(items)));
    auto call = begin_call(some);
    const Result<Made> result = co_await call;
    chunks.take(result.error());
  }
}

// Whether a list that was refused as a whole is worth sending in chunks.
bool may_go_in_parts(const Error* error, std::size_t items) {
  return error != nullptr && items > 1 && is_too_large(*error);
}

// Before anything is sent.
void check(const ChunkOptions& options) {
  require_chunk_size(options.size);
  require_chunk_size(options.size_in_url);
}

// Rules -------------------------------------------------------------------------------------------

SequenceOf<void> remove_rules_by(Stepwise client, TrackingPlanId plan,
                                 std::vector<TrackingPlanRuleKey> rules, ChunkOptions options) {
  const BasicTrackingPlans<Stepwise> plans(client);
  const ChunkCall<void, TrackingPlanRuleKey> remove =
      [&](const std::vector<TrackingPlanRuleKey>& some) {
        return plans.remove_rules(plan, {.rules = some}, options.call);
      };
  co_await call_chunks<void>(rules, options.size_in_url, remove);
}

SequenceOf<void> upsert_rules(const BasicTrackingPlans<Stepwise>& plans, const TrackingPlanId& plan,
                              const std::vector<TrackingPlanRuleInput>& rules,
                              const ChunkOptions& options) {
  const ChunkCall<void, TrackingPlanRuleInput> upsert =
      [&](const std::vector<TrackingPlanRuleInput>& some) {
        std::vector<TrackingPlanRuleUpsert> upserts;
        for (const auto& rule : some) {
          upserts.push_back({.type = rule.type,
                             .key = rule.key,
                             .json_schema = rule.json_schema,
                             .version = rule.version});
        }
        return plans.update_rules(plan, {.rules = std::move(upserts)}, options.call);
      };
  co_await call_chunks<void>(rules, options.size, upsert);
}

SequenceOf<std::vector<TrackingPlanRuleKey>> rules_beside(
    const BasicTrackingPlans<Stepwise>& plans, const TrackingPlanId& plan,
    const std::vector<TrackingPlanRuleInput>& wanted, const CallOptions& call) {
  std::set<RuleName> names;
  for (const auto& rule : wanted) names.insert(name_of(rule));
  std::vector<TrackingPlanRuleKey> others;
  auto present = plans.list_rules(plan, {}, call);
  while (co_await present.next()) {
    for (const TrackingPlanRule& rule : present.page().items) {
      if (names.contains(name_of(rule))) continue;
      others.push_back({.type = rule.type, .key = rule.key, .version = rule.version});
    }
  }
  co_return others;
}

SequenceOf<void> replace_rules_by(Stepwise client, TrackingPlanId plan,
                                  std::vector<TrackingPlanRuleInput> rules, ChunkOptions options) {
  check(options);
  const BasicTrackingPlans<Stepwise> plans(client);
  if (rules.size() <= options.size) {
    const ReplaceTrackingPlanRules body{.rules = rules};
    auto call = plans.replace_rules(plan, body, options.call);
    const Result<void> replaced = co_await call;
    if (replaced) co_return;
    const Error* const error = replaced.error_as<Error>();
    const bool holds_more = error != nullptr && holds_too_many(*error);
    if (!holds_more && !may_go_in_parts(error, rules.size())) replaced.value();
  }
  co_await upsert_rules(plans, plan, rules, options);
  std::vector<TrackingPlanRuleKey> others = co_await rules_beside(plans, plan, rules, options.call);
  co_await remove_rules_by(client, plan, std::move(others), options);
}

// Users -------------------------------------------------------------------------------------------

SequenceOf<std::vector<std::string>> members_of(const BasicIamGroups<Stepwise>& groups,
                                                const UserGroupId& group, const CallOptions& call) {
  std::vector<std::string> emails;
  auto users = groups.list_users(group, {}, call);
  while (co_await users.next()) {
    for (const UserGroupMember& user : users.page().items) emails.push_back(user.email);
  }
  auto invites = groups.list_invites(group, {}, call);
  while (co_await invites.next()) {
    for (const std::string& email : invites.page().items) emails.push_back(email);
  }
  co_return emails;
}

// The emails of one list that are not in the other, each once.
std::vector<std::string> without(const std::vector<std::string>& emails,
                                 const std::vector<std::string>& others) {
  std::set<std::string> known;
  for (const std::string& email : others) known.insert(lower(email));
  std::vector<std::string> left;
  for (const std::string& email : emails) {
    if (known.insert(lower(email)).second) left.push_back(email);
  }
  return left;
}

SequenceOf<void> remove_group_users_by(Stepwise client, UserGroupId group,
                                       std::vector<std::string> emails, ChunkOptions options) {
  const BasicIamGroups<Stepwise> groups(client);
  const ChunkCall<void, std::string> remove = [&](const std::vector<std::string>& some) {
    return groups.remove_users(group, {.emails = some}, options.call);
  };
  co_await call_chunks<void>(emails, options.size_in_url, remove);
}

SequenceOf<void> replace_users_by(Stepwise client, UserGroupId group,
                                  std::vector<std::string> emails, ChunkOptions options) {
  check(options);
  const BasicIamGroups<Stepwise> groups(client);
  if (emails.size() <= options.size) {
    const ReplaceUserGroupUsers body{.emails = emails};
    auto call = groups.replace_users(group, body, options.call);
    const Result<UserGroup> replaced = co_await call;
    if (replaced) co_return;
    if (!may_go_in_parts(replaced.error_as<Error>(), emails.size())) (void)replaced.value();
  }
  const std::vector<std::string> present = co_await members_of(groups, group, options.call);
  const std::vector<std::string> missing = without(emails, present);
  const ChunkCall<UserGroup, std::string> add = [&](const std::vector<std::string>& some) {
    return groups.add_users(group, {.emails = some}, options.call);
  };
  co_await call_chunks<UserGroup>(missing, options.size, add);
  std::vector<std::string> others = without(present, emails);
  co_await remove_group_users_by(client, group, std::move(others), options);
}

SequenceOf<void> remove_workspace_users_by(Stepwise client, std::vector<UserId> users,
                                           ChunkOptions options) {
  const BasicIamUsers<Stepwise> workspace(client);
  const ChunkCall<void, UserId> remove = [&](const std::vector<UserId>& some) {
    return workspace.remove({.user_ids = some}, options.call);
  };
  co_await call_chunks<void>(users, options.size_in_url, remove);
}

SequenceOf<void> remove_invites_by(Stepwise client, std::vector<std::string> emails,
                                   ChunkOptions options) {
  const BasicIamUsers<Stepwise> workspace(client);
  const ChunkCall<void, std::string> remove = [&](const std::vector<std::string>& some) {
    return workspace.remove_invites({.emails = some}, options.call);
  };
  co_await call_chunks<void>(emails, options.size_in_url, remove);
}

// Transformations ---------------------------------------------------------------------------------

SequenceOf<std::optional<Transformation>> find_transformation_by(Stepwise client,
                                                                 TransformationId id,
                                                                 CallOptions options) {
  const BasicTransformations<Stepwise> transformations(client);
  auto call = transformations.get(id, options);
  Result<Transformation> found = co_await call;
  if (found.error_as<NotFoundError>()) co_return std::nullopt;
  if (!found.error_as<PermissionDeniedError>()) co_return std::move(found).value();
  auto all = transformations.list({}, options);
  while (co_await all.next()) {
    for (const Transformation& one : all.page().items) {
      if (one.id == id) (void)found.value();
    }
  }
  co_return std::nullopt;
}

}  // namespace

std::shared_ptr<Sequence> replace_rules(const std::shared_ptr<const Core>& core,
                                        const TrackingPlanId& plan,
                                        const std::vector<TrackingPlanRuleInput>& rules,
                                        const ChunkOptions& options) {
  return replace_rules_by(Stepwise(core), plan, rules, options);
}

std::shared_ptr<Sequence> remove_rules(const std::shared_ptr<const Core>& core,
                                       const TrackingPlanId& plan,
                                       const std::vector<TrackingPlanRuleKey>& rules,
                                       const ChunkOptions& options) {
  return remove_rules_by(Stepwise(core), plan, rules, options);
}

std::shared_ptr<Sequence> replace_users(const std::shared_ptr<const Core>& core,
                                        const UserGroupId& group,
                                        const std::vector<std::string>& emails,
                                        const ChunkOptions& options) {
  return replace_users_by(Stepwise(core), group, emails, options);
}

std::shared_ptr<Sequence> remove_group_users(const std::shared_ptr<const Core>& core,
                                             const UserGroupId& group,
                                             const std::vector<std::string>& emails,
                                             const ChunkOptions& options) {
  return remove_group_users_by(Stepwise(core), group, emails, options);
}

std::shared_ptr<Sequence> remove_workspace_users(const std::shared_ptr<const Core>& core,
                                                 const std::vector<UserId>& users,
                                                 const ChunkOptions& options) {
  return remove_workspace_users_by(Stepwise(core), users, options);
}

std::shared_ptr<Sequence> remove_invites(const std::shared_ptr<const Core>& core,
                                         const std::vector<std::string>& emails,
                                         const ChunkOptions& options) {
  return remove_invites_by(Stepwise(core), emails, options);
}

std::shared_ptr<Sequence> find_transformation(const std::shared_ptr<const Core>& core,
                                              const TransformationId& id,
                                              const CallOptions& options) {
  return find_transformation_by(Stepwise(core), id, options);
}

}  // namespace segment::inline SEGMENT_ABI::detail
