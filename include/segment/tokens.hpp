#pragma once

#include <memory>
#include <optional>

#include "segment/api/audit_trail.hpp"
#include "segment/api/types/workspaces.hpp"
#include "segment/client.hpp"

namespace segment::inline SEGMENT_ABI {

/// What the API says about a token.
struct TokenStatus {
  /// Whether the API accepts it in this client's region.
  bool valid = false;
  /// The workspace that it opens, where it is valid.
  std::optional<Workspace> workspace{};
};

/// What can be found out about the client's token. The API has no operations to create, list or
/// revoke tokens: a Workspace Owner does that in the Segment app.
///
/// Copying: cheap. Cost: none of its own. Thread safety: any thread.
class SEGMENT_EXPORT Tokens {
 public:
  explicit Tokens(std::shared_ptr<const detail::Core> core) : core_(std::move(core)) {}

  /// Asks whether the token is valid, and for which workspace. `GET /`
  ///
  /// \return not valid if the API responds with 401.
  /// \throws Error for any other failure.
  [[nodiscard]] TokenStatus verify(const CallOptions& options = {}) const;

  /// What was done in the workspace in a period of time, most recent first: what to read after a
  /// token leaked. The events name their actor; the token's own are among them. `GET /audit-events`
  ///
  /// \param from the earliest time of an event; empty: as far back as the audit trail goes.
  /// \param to the latest; empty: now.
  [[nodiscard]] List<Page<AuditEvent>> activity(const Timestamp& from, const Timestamp& to = {},
                                                const CallOptions& options = {}) const;

 private:
  detail::Shared<const detail::Core> core_;
};

/// Finds the region whose API accepts a token, by asking each for the token's workspace. `GET /`
///
/// \param token the token; it is sent to Segment's US and EU addresses.
/// \param options everything but token, region and base URL is used.
/// \return nothing where neither region accepts it.
/// \throws Error where no region accepted it and one could not be asked.
[[nodiscard]] SEGMENT_EXPORT std::optional<Region> detect_region(const Token& token,
                                                                 ClientOptions options = {});

}  // namespace segment::inline SEGMENT_ABI
