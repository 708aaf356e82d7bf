#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "segment/api/ids.hpp"
#include "segment/api/types/tracking_plans.hpp"
#include "segment/api/types/transformations.hpp"
#include "segment/call_options.hpp"
#include "segment/client.hpp"
#include "segment/front.hpp"

namespace segment::inline SEGMENT_ABI {

/// How to send a long list. The API accepts 200 tracking plan rules per request (2,000 in some
/// workspaces) and 5,000 user ids per regulation; other maxima are not published. A chunk that it
/// refuses as too large is halved, and so are those after it.
struct ChunkOptions {
  /// The maximum number of items in a request's body.
  std::size_t size = 200;
  /// The maximum number of items in a URL, for deletions that take a list.
  std::size_t size_in_url = 25;
  /// The options of every call.
  CallOptions call{};
};

namespace detail {

// The helpers below as sequences of calls.

[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<Sequence> replace_rules(
    const std::shared_ptr<const Core>& core, const TrackingPlanId& plan,
    const std::vector<TrackingPlanRuleInput>& rules, const ChunkOptions& options);
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<Sequence> remove_rules(
    const std::shared_ptr<const Core>& core, const TrackingPlanId& plan,
    const std::vector<TrackingPlanRuleKey>& rules, const ChunkOptions& options);
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<Sequence> replace_users(
    const std::shared_ptr<const Core>& core, const UserGroupId& group,
    const std::vector<std::string>& emails, const ChunkOptions& options);
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<Sequence> remove_group_users(
    const std::shared_ptr<const Core>& core, const UserGroupId& group,
    const std::vector<std::string>& emails, const ChunkOptions& options);
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<Sequence> remove_workspace_users(
    const std::shared_ptr<const Core>& core, const std::vector<UserId>& users,
    const ChunkOptions& options);
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<Sequence> remove_invites(
    const std::shared_ptr<const Core>& core, const std::vector<std::string>& emails,
    const ChunkOptions& options);
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<Sequence> find_transformation(
    const std::shared_ptr<const Core>& core, const TransformationId& id,
    const CallOptions& options);

}  // namespace detail

/// Gives a tracking plan exactly these rules, in as many calls as it takes.
///
/// If the rules fit one chunk, it makes one `PUT`, which is atomic; but the API refuses a PUT for a
/// plan that already has more than 200 rules. In that case, and for more rules, it first adds or
/// changes rules chunk by chunk (`PATCH`), and then deletes the others. The plan never lacks a rule
/// that stays, but has old and new ones side by side for a while, and still does after an error.
/// Running it again is safe. In chunks, a rule without a `json_schema` keeps its existing one.
///
/// \param plan the tracking plan.
/// \param rules all that it will have. Type, key and version identify a rule.
/// \return nothing. It fails with a ChunkError if a chunk failed: of the rules, or, once all are
///         in, of those to delete. If it is a single call, it fails with that call's error.
template <class Front>
ReturnedByName<Front, void> replace_rules(const BasicClient<Front>& client,
                                          const TrackingPlanId& plan,
                                          const std::vector<TrackingPlanRuleInput>& rules,
                                          const ChunkOptions& options) {
  const Front& front = client.front();
  return front.template run<void>(detail::replace_rules(front.core(), plan, rules, options));
}

/// \overload
template <class Front>
Returned<Front, void> replace_rules(const BasicClient<Front>& client, const TrackingPlanId& plan,
                                    const std::vector<TrackingPlanRuleInput>& rules) {
  return replace_rules(client, plan, rules, {});
}

/// Deletes rules of a tracking plan, in as many calls as it takes.
///
/// \return nothing. It fails with a ChunkError if a chunk failed; the API deletes a chunk as a
///         whole or not at all.
template <class Front>
ReturnedByName<Front, void> remove_rules(const BasicClient<Front>& client,
                                         const TrackingPlanId& plan,
                                         const std::vector<TrackingPlanRuleKey>& rules,
                                         const ChunkOptions& options) {
  const Front& front = client.front();
  return front.template run<void>(detail::remove_rules(front.core(), plan, rules, options));
}

/// \overload
template <class Front>
Returned<Front, void> remove_rules(const BasicClient<Front>& client, const TrackingPlanId& plan,
                                   const std::vector<TrackingPlanRuleKey>& rules) {
  return remove_rules(client, plan, rules, {});
}

/// Makes exactly these people the members of a user group, in as many calls as it takes.
///
/// If they fit one chunk, it makes one `PUT`. Otherwise it reads the current members, adds the
/// missing ones, and then removes the others: nobody who stays is ever missing. After an error it
/// stays half done; running it again is safe.
///
/// \param group the user group.
/// \param emails of users or invitees; compared ignoring the case of ASCII letters.
/// \return nothing. It fails with a ChunkError if a chunk failed: of those to add, or, once all are
///         in, of those to remove. If it is a single call, it fails with that call's error.
template <class Front>
ReturnedByName<Front, void> replace_users(const BasicClient<Front>& client,
                                          const UserGroupId& group,
                                          const std::vector<std::string>& emails,
                                          const ChunkOptions& options) {
  const Front& front = client.front();
  return front.template run<void>(detail::replace_users(front.core(), group, emails, options));
}

/// \overload
template <class Front>
Returned<Front, void> replace_users(const BasicClient<Front>& client, const UserGroupId& group,
                                    const std::vector<std::string>& emails) {
  return replace_users(client, group, emails, {});
}

/// Removes people from a user group, in as many calls as it takes.
///
/// \return nothing. It fails with a ChunkError if a chunk failed.
template <class Front>
ReturnedByName<Front, void> remove_group_users(const BasicClient<Front>& client,
                                               const UserGroupId& group,
                                               const std::vector<std::string>& emails,
                                               const ChunkOptions& options) {
  const Front& front = client.front();
  return front.template run<void>(detail::remove_group_users(front.core(), group, emails, options));
}

/// \overload
template <class Front>
Returned<Front, void> remove_group_users(const BasicClient<Front>& client, const UserGroupId& group,
                                         const std::vector<std::string>& emails) {
  return remove_group_users(client, group, emails, {});
}

/// Removes users from the workspace, in as many calls as it takes.
///
/// \return nothing. It fails with a ChunkError if a chunk failed.
template <class Front>
ReturnedByName<Front, void> remove_workspace_users(const BasicClient<Front>& client,
                                                   const std::vector<UserId>& users,
                                                   const ChunkOptions& options) {
  const Front& front = client.front();
  return front.template run<void>(detail::remove_workspace_users(front.core(), users, options));
}

/// \overload
template <class Front>
Returned<Front, void> remove_workspace_users(const BasicClient<Front>& client,
                                             const std::vector<UserId>& users) {
  return remove_workspace_users(client, users, {});
}

/// Withdraws invitations, in as many calls as it takes.
///
/// \return nothing. It fails with a ChunkError if a chunk failed.
template <class Front>
ReturnedByName<Front, void> remove_invites(const BasicClient<Front>& client,
                                           const std::vector<std::string>& emails,
                                           const ChunkOptions& options) {
  const Front& front = client.front();
  return front.template run<void>(detail::remove_invites(front.core(), emails, options));
}

/// \overload
template <class Front>
Returned<Front, void> remove_invites(const BasicClient<Front>& client,
                                     const std::vector<std::string>& emails) {
  return remove_invites(client, emails, {});
}

/// Looks up a transformation that may not exist. The API responds with 403 both if there is none
/// and if the token may not see it; after a 403 this searches the list of all transformations.
///
/// \return empty if it does not exist: after a 404, or if it is not in the list. It fails with
///         PermissionDeniedError if the token may not see or list transformations; otherwise as
///         every call.
template <class Front>
[[nodiscard]] ReturnedByName<Front, std::optional<Transformation>> find_transformation(
    const BasicClient<Front>& client, const TransformationId& id, const CallOptions& options) {
  const Front& front = client.front();
  return front.template run<std::optional<Transformation>>(
      detail::find_transformation(front.core(), id, options));
}

/// \overload
template <class Front>
[[nodiscard]] Returned<Front, std::optional<Transformation>> find_transformation(
    const BasicClient<Front>& client, const TransformationId& id) {
  return find_transformation(client, id, {});
}

}  // namespace segment::inline SEGMENT_ABI
