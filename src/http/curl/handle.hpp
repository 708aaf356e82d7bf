#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "http/curl/connections.hpp"
#include "http/curl/exchange.hpp"
#include "http/curl/shared.hpp"
#include "segment/http/curl_transport.hpp"
#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// What a blocking call needs of libcurl: a transfer, the driver that runs it, and the one
/// connection that they keep alive.
///
/// The driver is not shared, since a shared one would need a thread to run it.
///
/// Copying: not copyable. Cost: some tens of kilobytes. Thread safety: one thread at a time.
class Handle {
 public:
  /// \param shared with the other handles.
  /// \throws std::bad_alloc if libcurl cannot make one.
  explicit Handle(std::shared_ptr<Shared> shared);

  /// Makes one exchange and waits until it ends or the request is asked to stop.
  ///
  /// \param request must pass `unfit`.
  [[nodiscard]] Outcome send(const Request& request, const CurlOptions& options);

  /// Whether the server has ended the kept connection. libcurl itself closes it only during a call.
  [[nodiscard]] bool connection_has_ended() const noexcept { return connections_.one_has_ended(); }

 private:
  Connections connections_{&BootClock::now};  // libcurl points to it
  Multi multi_;                               // the transfer must be destroyed before its driver
  Easy easy_;
};

/// The handles that no call is using. The most recently used one is handed out first, so that under
/// light load one warm connection serves and the others grow old and are closed. Under heavy load a
/// thread gets back the one that it has just used, whose memory is in its caches. A handle that
/// waited too long, or whose connection the server has ended, is closed by a later call, since
/// there is no thread to check it earlier.
///
/// Copying: not copyable. Cost: a lock per call. Thread safety: any number of threads.
class HandlePool {
 public:
  /// \param shared by its handles, and with the transport's engines.
  HandlePool(const CurlOptions& options, std::shared_ptr<Shared> shared,
             IdleClock clock = &BootClock::now)
      : max_idle_(options.max_idle_connections), clock_(clock), shared_(std::move(shared)) {}

  ~HandlePool();
  HandlePool(const HandlePool&) = delete;
  HandlePool& operator=(const HandlePool&) = delete;

  /// An idle handle, or a new one.
  [[nodiscard]] std::unique_ptr<Handle> take();

  /// Keeps the handle for a later call, or closes it if there are enough.
  void give_back(std::unique_ptr<Handle> handle);

  /// The number of idle handles.
  [[nodiscard]] std::size_t idle();

 private:
  struct Idle {
    std::unique_ptr<Handle> handle;
    BootClock::time_point since;
    std::thread::id used_by;
  };

  // Closed after the lock is released, since closing TLS writes to sockets.
  struct Closing : std::vector<Idle> {
    Closing() = default;
    Closing(const Closing&) = delete;
    Closing& operator=(const Closing&) = delete;
    ~Closing();
  };

  [[nodiscard]] std::deque<Idle>::iterator best();
  void take_out_old(BootClock::time_point now, Closing& closing);
  void take_out_ended(BootClock::time_point now, Closing& closing);

  const std::size_t max_idle_;
  const IdleClock clock_;
  const std::shared_ptr<Shared> shared_;
  std::mutex mutex_;
  BootClock::time_point last_check_{};
  std::deque<Idle> idle_;  // oldest first
};

}  // namespace segment::inline SEGMENT_ABI::http::detail
