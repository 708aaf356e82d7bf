#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "segment/api/audit_trail.hpp"
#include "segment/api/types/workspaces.hpp"
#include "segment/client.hpp"
#include "segment/client_options.hpp"
#include "segment/front.hpp"

namespace segment::inline SEGMENT_ABI {

/// What the API says about a token.
struct TokenStatus {
  /// Whether the API accepts it in this client's region.
  bool valid = false;
  /// The workspace that it gives access to, if it is valid.
  std::optional<Workspace> workspace{};
};

namespace detail {

// The methods below as sequences of calls.

[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<Sequence> verify_token(
    const std::shared_ptr<const Core>& core, const CallOptions& options);
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<Sequence> detect_region(
    const std::shared_ptr<const Core>& core, const CallOptions& options);

}  // namespace detail

/// Information about the client's token. The API has no operations to create, list or revoke
/// tokens: a Workspace Owner does that in the Segment app.
///
/// Copying: cheap. Thread safety: any thread.
template <class Front>
class BasicTokens {
 public:
  explicit BasicTokens(Front front) : front_(std::move(front)) {}

  /// Asks whether the token is valid, and for which workspace. `GET /`
  ///
  /// \return a status that is not `valid` if the API responds with 401. Any other failure is an
  ///         Error.
  [[nodiscard]] ReturnedByName<Front, TokenStatus> verify(const CallOptions& options) const {
    return front_.template run<TokenStatus>(detail::verify_token(front_.core(), options));
  }

  /// \overload
  [[nodiscard]] Returned<Front, TokenStatus> verify() const { return verify({}); }

  /// Finds the region whose API accepts the token, by asking both for the token's workspace, at
  /// Segment's own addresses, regardless of the client's region and base URL. `GET /`
  ///
  /// \return nothing if neither region accepts it. An Error if no region accepted it and one could
  ///         not be asked.
  [[nodiscard]] ReturnedByName<Front, std::optional<Region>> detect_region(
      const CallOptions& options) const {
    return front_.template run<std::optional<Region>>(
        detail::detect_region(front_.core(), options));
  }

  /// \overload
  [[nodiscard]] Returned<Front, std::optional<Region>> detect_region() const {
    return detect_region({});
  }

  /// What was done in the workspace in a period of time, most recent first: read it after a token
  /// has leaked. The events name their actor and include those of the token itself.
  /// `GET /audit-events`
  ///
  /// \param from the earliest time of an event; empty: as far back as the audit trail goes.
  /// \param to the latest; empty: now.
  [[nodiscard]] Listed<Front, Page<AuditEvent>> activity(const Timestamp& from,
                                                         const Timestamp& to = {}) const {
    return activity(from, to, {});
  }

  /// \overload
  [[nodiscard]] ListedByName<Front, Page<AuditEvent>> activity(const Timestamp& from,
                                                               const Timestamp& to,
                                                               const CallOptions& options) const {
    ListAuditEventsQuery query;
    if (!from.empty()) query.start_time = from;
    if (!to.empty()) query.end_time = to;
    return BasicAuditTrail<Front>(front_).list_events(query, options);
  }

 private:
  Front front_;
};

using Tokens = BasicTokens<Blocking>;
using AsyncTokens = BasicTokens<Async>;
using NothrowTokens = BasicTokens<Nothrow>;

template <class Front>
BasicTokens<Front> BasicClient<Front>::tokens() const {
  return BasicTokens<Front>(this->front_);
}

}  // namespace segment::inline SEGMENT_ABI
