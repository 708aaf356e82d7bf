#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "boot_clock.hpp"
#include "easy.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// A libcurl transfer with the driver that runs it, and the one connection that they keep alive.
///
/// The driver is its own and not shared, since a shared one would need a thread to run it.
///
/// Copying: not copyable. Cost: some tens of kilobytes. Thread safety: one thread at a time.
class Handle {
 public:
  /// Throws std::bad_alloc where libcurl gives none.
  Handle();

  [[nodiscard]] Easy& easy() noexcept { return easy_; }
  [[nodiscard]] CURLM* multi() const noexcept { return multi_.get(); }

  /// Notes which connection an exchange that has just ended keeps alive.
  void note_kept_connection() noexcept;

  /// Whether the kept connection has something to be read before anything was asked: its end, or
  /// bytes that would be taken for the answer to the next request.
  [[nodiscard]] bool has_unasked_input() const noexcept;

  /// Whether the server has ended the kept connection.
  [[nodiscard]] bool connection_has_ended() const noexcept;

 private:
  struct MultiCleanup {
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
  };

  // The transfer must go before its driver.
  std::unique_ptr<CURLM, MultiCleanup> multi_;
  Easy easy_;
  // Open for as long as nobody uses the handle; libcurl closes sockets only when it is called.
  curl_socket_t kept_socket_ = CURL_SOCKET_BAD;
  bool keeps_http2_ = false;
};

/// The handles that no call is using. The one that was used last is given out first, so that under
/// light load one warm connection serves and the others grow old and are closed. Under heavy load a
/// thread gets the one back that it has just used: its memory is at hand there, and not another
/// thread's. One that waited too long, or whose connection the server has ended, is closed with a
/// later call; there is no thread that could look after it before.
///
/// Copying: not copyable. Cost: a lock a call. Thread safety: any number of threads.
class HandlePool {
 public:
  explicit HandlePool(std::size_t max_idle, IdleClock clock = &BootClock::now) noexcept
      : max_idle_(max_idle), clock_(clock) {}

  /// An idle handle, or a new one.
  [[nodiscard]] std::unique_ptr<Handle> take();

  /// Keeps the handle for a later call, or closes it where there are enough.
  void give_back(std::unique_ptr<Handle> handle);

  /// How many are kept.
  [[nodiscard]] std::size_t idle();

 private:
  struct Idle {
    std::unique_ptr<Handle> handle;
    BootClock::time_point since;
    std::thread::id used_by;
  };

  // Destroyed after the lock is let go: closing TLS writes to sockets.
  using Closing = std::vector<Idle>;

  [[nodiscard]] std::deque<Idle>::iterator best();
  void take_out_old(BootClock::time_point now, Closing& closing);
  void take_out_ended(BootClock::time_point now, Closing& closing);

  const std::size_t max_idle_;
  const IdleClock clock_;
  std::mutex mutex_;
  BootClock::time_point last_look_{};
  std::deque<Idle> idle_;  // Oldest in front.
};

}  // namespace segment::inline SEGMENT_ABI::http::detail
