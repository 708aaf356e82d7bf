#pragma once

#include <pthread.h>

#include <csignal>
#include <ctime>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// While it lives, a broken connection does not end the process, on this thread only.
///
/// libcurl ignores SIGPIPE during its calls unless CURLOPT_NOSIGNAL is set, which a library for
/// multithreaded programs must set. Its own sends then use MSG_NOSIGNAL, but TLS libraries write
/// with plain write(2). Changing the signal's action would affect the whole process, so the thread
/// blocks the signal, takes one that it caused itself, and restores its mask.
///
/// Copying: not copyable. Cost: three system calls. Thread safety: belongs to the thread that made
/// it.
class SigpipeGuard {
 public:
  SigpipeGuard() noexcept {
    const sigset_t pipe = only_sigpipe();
    if (pthread_sigmask(SIG_BLOCK, &pipe, &before_) != 0) return;
    // A pending signal is the program's own, and stays blocked and pending. It can only be pending
    // if it was blocked before.
    active_ = sigismember(&before_, SIGPIPE) == 0 || !is_pending();
  }

  ~SigpipeGuard() {
    if (!active_) return;
    if (is_pending()) take_pending();
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

  SigpipeGuard(const SigpipeGuard&) = delete;
  SigpipeGuard& operator=(const SigpipeGuard&) = delete;

 private:
  static sigset_t only_sigpipe() noexcept {
    sigset_t set{};
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    return set;
  }

  static bool is_pending() noexcept {
    sigset_t pending{};
    sigemptyset(&pending);
    return sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1;
  }

  static void take_pending() noexcept {
    const sigset_t pipe = only_sigpipe();
#if defined(__APPLE__)
    int taken = 0;
    sigwait(&pipe, &taken);
#else
    // Not sigwait: a signal sent to the process may have gone to another thread meanwhile.
    const timespec no_time{};
    sigtimedwait(&pipe, nullptr, &no_time);
#endif
  }

  sigset_t before_{};
  bool active_ = false;
};

/// While it lives, pthread_cancel does not end the calling thread, which would unwind through
/// libcurl, which is C, and through what must not throw. The thread ends at the next cancellation
/// point after that.
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

/// Runs what belongs to the application and must not fail a call: a log, a rate limiter, a clock.
template <class Step>
void ignoring_exceptions(Step&& step) noexcept {
  try {
    step();
  } catch (...) {  // NOLINT(bugprone-empty-catch)
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
