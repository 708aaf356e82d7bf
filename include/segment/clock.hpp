#pragma once

#include <chrono>
#include <memory>
#include <stop_token>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// Where the library takes the time from, and how it waits: replaced in tests, so that none sleeps.
///
/// What a member throws ends the call that asked. Blocking calls wait by `wait_until`, asynchronous
/// ones by `longest_sleep`, and need no thread for that.
///
/// Copying: held by shared pointer. Cost: one virtual call. Thread safety: every member is called
/// from many threads at once and must allow it.
class SEGMENT_EXPORT Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  /// The time that waits and deadlines are counted in.
  [[nodiscard]] virtual std::chrono::steady_clock::time_point now() const = 0;

  /// The time of day, to read a server's dates against.
  [[nodiscard]] virtual std::chrono::system_clock::time_point system_now() const = 0;

  /// Waits until then, or until a stop is requested.
  ///
  /// \param until a point on `now`'s clock; one in the past returns at once.
  /// \param stop may be empty: then nothing cuts the wait short.
  /// \return false when the stop token ended the wait.
  virtual bool wait_until(std::chrono::steady_clock::time_point until,
                          const std::stop_token& stop) = 0;

  /// Waits in the way of a thread that has other things to do as well: it is told how long it may
  /// sleep by the machine's clock, and asks again after that.
  ///
  /// \param until a point on `now`'s clock.
  /// \return zero or less: that time has come. Left as it is: the time until then, but at most 10
  ///        ms, since this clock may jump meanwhile.
  [[nodiscard]] virtual std::chrono::steady_clock::duration longest_sleep(
      std::chrono::steady_clock::time_point until);

  /// The machine's own clock, shared by every client that is given no other.
  [[nodiscard]] static std::shared_ptr<Clock> system();
};

}  // namespace segment::inline SEGMENT_ABI
