#pragma once

#include <chrono>
#include <memory>
#include <stop_token>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// Where the library gets the time, and how it waits. Tests replace it so that they do not sleep.
///
/// If a member throws, the call that used it fails with that exception. Blocking calls wait with
/// `wait_until`; asynchronous ones use `longest_sleep` and need no thread for that.
///
/// Copying: held by shared pointer. Cost: one virtual call. Thread safety: every member must be
/// callable from many threads at once.
class SEGMENT_EXPORT Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  /// The time for waits and deadlines.
  [[nodiscard]] virtual std::chrono::steady_clock::time_point now() const = 0;

  /// The time of day, to interpret a server's dates.
  [[nodiscard]] virtual std::chrono::system_clock::time_point system_now() const = 0;

  /// Waits until then, or until a stop is requested.
  ///
  /// \param until a point on `now`'s clock; one in the past returns immediately.
  /// \param stop may be empty: then nothing ends the wait early.
  /// \return false if the stop token ended the wait.
  virtual bool wait_until(std::chrono::steady_clock::time_point until,
                          const std::stop_token& stop) = 0;

  /// For a thread that has other things to do as well: returns how long it may sleep on the
  /// machine's clock before it asks again.
  ///
  /// \param until a point on `now`'s clock.
  /// \return zero or less: that time has come. By default: the time until then, but at most 10 ms,
  ///         because this clock may jump meanwhile.
  [[nodiscard]] virtual std::chrono::steady_clock::duration longest_sleep(
      std::chrono::steady_clock::time_point until);

  /// The machine's own clock, shared by every client that has no other.
  [[nodiscard]] static std::shared_ptr<Clock> system();
};

}  // namespace segment::inline SEGMENT_ABI
