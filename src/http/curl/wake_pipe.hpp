#pragma once

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// Wakes a thread that polls.
///
/// Copying: not copyable. Cost: two file descriptors. Thread safety: `wake` from any thread, the
/// rest from the one that polls.
class WakePipe {
 public:
  /// Throws std::system_error where the system gives none.
  WakePipe();
  ~WakePipe();
  WakePipe(const WakePipe&) = delete;
  WakePipe& operator=(const WakePipe&) = delete;

  /// To be polled for input.
  [[nodiscard]] int descriptor() const noexcept { return ends_[0]; }
  void wake() noexcept;
  /// Takes all wake-ups so far.
  void drain() noexcept;

 private:
  int ends_[2];  // to read from, to write to
};

}  // namespace segment::inline SEGMENT_ABI::http::detail
