#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "segment/operation.hpp"
#include "segment/rate_limiter.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What all categories of an operation's monthly quota begin with; empty: it has no quota.
[[nodiscard]] std::string_view quota_kind(const Operation& operation) noexcept;

/// The monthly quota that a call counts against: a regulation by what it reaches, an audience
/// preview by its space. Nothing: none.
///
/// \param path the call's own, percent-encoded.
[[nodiscard]] std::optional<Quota> quota_of(const Operation& operation, std::string_view path,
                                            const std::optional<std::string>& body);

/// Takes out of a response what it says of a monthly quota: its figures and its window are not
/// those of the operation's published limit.
///
/// \param observation of which the rest speaks of the published limit.
/// \return what speaks of the quota; nothing where the response says nothing of it.
[[nodiscard]] std::optional<RateObservation> take_quota(RateObservation& observation,
                                                        const RateLimit& published);

/// What responses said of monthly quotas, by category.
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
  [[nodiscard]] std::vector<RemainingMonthlyQuota> remaining(std::string_view kind,
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
