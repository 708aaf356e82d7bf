#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "segment/clock.hpp"

namespace segment::inline SEGMENT_ABI::testing {

/// A clock that moves only when it is advanced: a wait returns immediately, moves the clock to the
/// end of the wait and is recorded.
///
/// Copying: not copyable; share it by shared pointer. Cost: keeps every wait. Thread safety: all
/// members may be called from any thread.
class SEGMENT_EXPORT ManualClock final : public Clock {
 public:
  /// \param system_start the initial `system_now`.
  explicit ManualClock(std::chrono::system_clock::time_point system_start = {});
  ~ManualClock() override;

  [[nodiscard]] std::chrono::steady_clock::time_point now() const override;
  [[nodiscard]] std::chrono::system_clock::time_point system_now() const override;
  bool wait_until(std::chrono::steady_clock::time_point until,
                  const std::stop_token& stop) override;
  [[nodiscard]] std::chrono::steady_clock::duration longest_sleep(
      std::chrono::steady_clock::time_point until) override;

  /// Moves both times forward.
  void advance(std::chrono::nanoseconds by);

  /// How long each wait so far was, oldest first, in milliseconds.
  [[nodiscard]] std::vector<std::chrono::milliseconds> waits() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace segment::inline SEGMENT_ABI::testing
