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

/// The common prefix of the categories of an operation's monthly quota; empty if it has none.
[[nodiscard]] std::string_view quota_kind(const Operation& operation) noexcept;

/// The monthly quota that a call counts against: a regulation's by what it reaches, an audience
/// preview's by its space. std::nullopt if there is none.
///
/// \param path the call's own, percent-encoded.
[[nodiscard]] std::optional<Quota> quota_of(const Operation& operation, std::string_view path,
                                            const std::optional<std::string>& body);

/// Moves what a response says about a monthly quota out of the observation, since its figures and
/// window are not those of the operation's published limit.
///
/// \param observation keeps what concerns the published limit.
/// \return what concerns the quota; std::nullopt if the response says nothing about it.
[[nodiscard]] std::optional<RateObservation> take_quota(RateObservation& observation,
                                                        const RateLimit& published);

/// What responses said about monthly quotas, by category.
///
/// Copying: not needed. Cost: a small record per category. Thread safety: none.
class QuotaBook {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  void observe(const Quota& quota, const RateObservation& observation, TimePoint now);

  /// When a used-up quota is renewed; std::nullopt if it is not used up. Once an hour it counts as
  /// not used up, so that the API is asked again, since a quota can be raised.
  [[nodiscard]] std::optional<TimePoint> used_up_until(const Quota& quota, TimePoint now) const;

  /// The quotas of all categories with this prefix.
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
