#pragma once

#include <pthread.h>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Keeps pthread_cancel from ending the calling thread while it lives: that would unwind through
/// libcurl, which is C, and through what must not throw. The thread ends at the next point after it
/// where it may.
///
/// Copying: not copyable. Cost: no system call. Thread safety: belongs to the thread that made it.
class CancellationOff {
 public:
  CancellationOff() noexcept { pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before_); }
  ~CancellationOff() { pthread_setcancelstate(before_, nullptr); }
  CancellationOff(const CancellationOff&) = delete;
  CancellationOff& operator=(const CancellationOff&) = delete;

 private:
  int before_ = PTHREAD_CANCEL_ENABLE;
};

}  // namespace segment::inline SEGMENT_ABI::detail
