#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "segment/clock.hpp"
#include "segment/operation.hpp"
#include "segment/sandbox/sandbox.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// The state of the tightest limit that applies to a call.
struct RateStatus {
  bool refused = false;
  bool by_token = false;  // it is the token's limit, not the operation's
  int consumed = 0;       // including this call and rejected ones
  int remaining = 0;
  std::chrono::milliseconds before_reset{0};
  std::chrono::system_clock::time_point reset{};
};

/// Thrown if a call exceeds a monthly quota: the response is a 429.
struct QuotaUsedUp {
  RateStatus status;
};

/// Counts calls in windows; a window starts with the first call after the previous one has passed.
class RateLimiter {
 public:
  /// \param options and clock are kept by reference.
  RateLimiter(const SandboxOptions& options, const Clock& clock)
      : options_(options), clock_(clock) {}

  /// Counts one call.
  ///
  /// \return nothing if no limit applies.
  [[nodiscard]] std::optional<RateStatus> count(const Operation& operation);

  /// Counts against the quota of a calendar month.
  ///
  /// \param name of the quota, and of what it is counted for.
  /// \param amount what the call consumes; nothing is consumed if less is left.
  /// \return nothing if rates are not limited.
  /// \throws QuotaUsedUp
  [[nodiscard]] std::optional<RateStatus> take_from_month(const std::string& name, int amount,
                                                          int quota);

 private:
  struct Window {
    std::chrono::steady_clock::time_point end{};
    int consumed = 0;
  };

  struct Month {
    std::chrono::system_clock::time_point end{};
    int consumed = 0;
  };

  [[nodiscard]] RateLimit limit_of(const Operation& operation) const;
  [[nodiscard]] RateStatus count(const std::string& key, RateLimit limit);

  const SandboxOptions& options_;
  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Window, std::less<>> windows_;
  std::map<std::string, Month, std::less<>> months_;
};

}  // namespace segment::inline SEGMENT_ABI::sandbox
