#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "call/core.hpp"
#include "call/prepared_call.hpp"
#include "segment/rate_limiter.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The monthly quota that a call counts against, if any. It is never waited for: its end is days
/// away.
///
/// Copying: not copyable. Cost: small; reads the body of the calls that have a quota. Thread
/// safety: none.
class CallQuota {
 public:
  /// Both are kept by reference.
  CallQuota(const Core& core, const PreparedCall& call);

  /// How long until there is more of it, where it is known to be used up.
  [[nodiscard]] std::optional<std::chrono::milliseconds> used_up(
      std::chrono::steady_clock::time_point now) const;

  /// Takes what an answer says of the quota out of it, and hands it to the limiter.
  ///
  /// \return true where it says that the quota is used up; then nothing is taken out.
  bool learn(RateObservation& observation, std::chrono::steady_clock::time_point now) const;

  /// As the subject of a sentence: `this month's quota of audience previews of space s`.
  [[nodiscard]] std::string text() const { return "this month's quota of " + quota_->category; }

 private:
  const Core& core_;
  const Operation& operation_;
  const std::optional<Quota> quota_;
};

}  // namespace segment::inline SEGMENT_ABI::detail
