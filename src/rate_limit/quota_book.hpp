#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "segment/rate_limiter.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What answers said of monthly quotas, by category.
///
/// Copying: not needed. Cost: one small record a category. Thread safety: none.
class QuotaBook {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  void observe(const Quota& quota, const RateObservation& observation, TimePoint now);

  /// When there is more of a quota that is used up; nothing: it is not. Once an hour it is to be
  /// asked for all the same, as a quota can be raised.
  [[nodiscard]] std::optional<TimePoint> used_up_until(const Quota& quota, TimePoint now) const;

  /// Of every category that begins so.
  [[nodiscard]] std::vector<RemainingMonthlyQuota> allowances(std::string_view kind,
                                                              TimePoint now) const;

 private:
  struct Entry {
    std::int64_t limit = 0;  // 0: unknown
    std::optional<std::int64_t> remaining{};
    std::optional<TimePoint> reset_at{};
    TimePoint seen_at{};
  };
  std::map<std::string, Entry, std::less<>> entries_{};
};

}  // namespace segment::inline SEGMENT_ABI::detail
