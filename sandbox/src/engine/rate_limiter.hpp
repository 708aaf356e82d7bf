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

namespace segment::sandbox {

/// How a call stands to the limit that leaves it the least room.
struct RateStatus {
  bool refused = false;
  bool by_token = false;  // it is the token's limit, not the operation's
  int consumed = 0;       // this call included, and refused ones too
  int remaining = 0;
  std::chrono::milliseconds before_reset{0};
  std::chrono::system_clock::time_point reset{};
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

 private:
  struct Window {
    std::chrono::steady_clock::time_point end{};
    int consumed = 0;
  };

  [[nodiscard]] RateLimit limit_of(const Operation& operation) const;
  [[nodiscard]] RateStatus count(const std::string& key, RateLimit limit);

  const SandboxOptions& options_;
  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Window, std::less<>> windows_;
};

}  // namespace segment::sandbox
