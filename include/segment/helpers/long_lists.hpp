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

/// How a long list is sent. The API takes 200 rules of a tracking plan a request (2,000 in some
/// workspaces) and 5,000 user ids a regulation; other maxima are not published. A chunk that it
/// refuses as too large is cut in half, and so are those after it.
///
/// Copying: a value. Cost: small. Thread safety: as a struct.
struct ChunkOptions {
  /// How many items go into a request's body at most.
  std::size_t size = 200;
  /// How many items go into a URL at most, where a deletion takes a list.
  std::size_t size_in_url = 25;
  /// Of every call.
  CallOptions call{};
};

namespace detail {

// What follows as sequences of calls.

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
/// What fits one chunk is one `PUT`, which the API does as a whole; but it refuses that of a plan
/// that holds more than 200 rules already. Then, and where there are more, they are first added or
/// changed chunk by chunk (`PATCH`), and then the rules that are not among these are deleted: at no
/// time does the plan lack a rule that it had and is to keep, but it has old and new ones side by
/// side for a while, and after an error it stays so. Doing it again is safe. In chunks a rule given
/// without a `json_schema` keeps the one that it has.
///
/// \param plan the tracking plan.
/// \param rules all that it is to have. A rule is known by its type, key and version.
/// \return nothing. It fails with a ChunkError where a chunk failed: of the rules, or, when they
/// are
///         all in, of those to delete; where it is one call, with what that fails with.
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
/// \return nothing. It fails with a ChunkError where a chunk failed; the API deletes a chunk as a
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
/// What fits one chunk is one `PUT`. More is a look at who is in it, then those are put in who
/// lack, and then those taken out who are too many: nobody who is to stay is out meanwhile. After
/// an error it stays half done; doing it again is safe.
///
/// \param group the user group.
/// \param emails of users or of the invited; compared without regard to the case of ASCII letters.
/// \return nothing. It fails with a ChunkError where a chunk failed: of those to put in, or, when
///         they are all in, of those to take out; where it is one call, with what that fails with.
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

/// Takes people out of a user group, in as many calls as it takes.
///
/// \return nothing. It fails with a ChunkError where a chunk failed.
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

/// Takes users out of the workspace, in as many calls as it takes.
///
/// \return nothing. It fails with a ChunkError where a chunk failed.
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

/// Takes invitations back, in as many calls as it takes.
///
/// \return nothing. It fails with a ChunkError where a chunk failed.
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

/// Looks up a transformation that may not be there. The API answers 403 both where there is none
/// and where the token may not see it; after a 403 this looks through the list of all
/// transformations.
///
/// \return nothing where it is not there: after a 404, or where it is not in the list. It fails
/// with
///         PermissionDeniedError where the token may not, also where it may not list them; else as
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
