#pragma once

#include <chrono>
#include <ctime>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// A clock that goes on while the machine is suspended, where the system has one: a connection that
/// was idle for a night is an old one, whatever std::chrono::steady_clock says of it.
struct BootClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<BootClock>;
  static constexpr bool is_steady = true;

  static time_point now() noexcept {
#if defined(CLOCK_BOOTTIME)
    timespec time{};
    if (::clock_gettime(CLOCK_BOOTTIME, &time) == 0) {
      return time_point(std::chrono::seconds(time.tv_sec) + duration(time.tv_nsec));
    }
#endif
    return time_point(std::chrono::steady_clock::now().time_since_epoch());
  }
};

/// What the age of idle connections is measured with; a test has one of its own.
using IdleClock = BootClock::time_point (*)();

/// How long a connection may be idle and still be used again. Shorter than the time after which
/// common gateways close (60 s): a request must not meet a connection that is just going down.
inline constexpr std::chrono::seconds longest_idle{55};

/// How often it is looked for connections that are too old, or that the server has ended.
inline constexpr std::chrono::seconds between_looks{1};

}  // namespace segment::inline SEGMENT_ABI::http::detail
