#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The places of a limit that are taken and come back at a known time.
///
/// Copying: a value. Cost: bounded memory; past some size times are rounded up to their
/// neighbour's. Thread safety: none.
class PlaceLog {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  /// Takes places until then.
  ///
  /// \param foreign whether somebody else took them.
  void take(TimePoint until, int count, bool foreign);

  /// Gives back what is due.
  void expire(TimePoint now);

  /// No place is taken for longer than this.
  void all_back_by(TimePoint latest);

  /// Places that are taken, by anybody.
  [[nodiscard]] int taken() const noexcept { return taken_; }
  /// Of these, the ones that somebody else took.
  [[nodiscard]] int foreign() const noexcept { return foreign_; }

  /// When so many places are back; nothing where there are not so many.
  [[nodiscard]] std::optional<TimePoint> back(int count) const;

 private:
  struct Entry {
    TimePoint until{};
    int count = 0;
    int foreign = 0;
  };

  void halve();

  std::deque<Entry> entries_;  // earliest first
  int taken_ = 0;
  int foreign_ = 0;
};

}  // namespace segment::inline SEGMENT_ABI::detail
