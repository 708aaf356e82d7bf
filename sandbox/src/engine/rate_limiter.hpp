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

/// How a call stands to the limit that leaves it the least room.
struct RateStatus {
  bool refused = false;
  bool by_token = false;  // it is the token's limit, not the operation's
  int consumed = 0;       // this call included, and refused ones too
  int remaining = 0;
  std::chrono::milliseconds before_reset{0};
  std::chrono::system_clock::time_point reset{};
};

/// Thrown where a month's quota has no room for a call: answered with 429.
struct QuotaUsedUp {
  RateStatus status;
};

/// Counts calls in windows that begin with the first call after the one before has passed.
class RateLimiter {
 public:
  /// \param options and clock are kept by reference.
  RateLimiter(const SandboxOptions& options, const Clock& clock)
      : options_(options), clock_(clock) {}

  /// Counts one call.
  ///
  /// \return nothing where no limit applies.
  [[nodiscard]] std::optional<RateStatus> count(const Operation& operation);

  /// Counts against a quota for a calendar month.
  ///
  /// \param name of the quota, and of what it is counted for.
  /// \param amount what the call takes; nothing is taken where there is not so much left.
  /// \return nothing where rates are not limited.
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
