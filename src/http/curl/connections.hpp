#pragma once

#include <curl/curl.h>
#include <poll.h>

#include <chrono>
#include <memory>
#include <unordered_map>
#include <vector>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// A clock that keeps running while the machine is suspended, if the system has one: a connection
/// that was idle overnight is old, whatever std::chrono::steady_clock says.
struct BootClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<BootClock>;
  static constexpr bool is_steady = true;

  static time_point now() noexcept;
};

/// Measures the age of idle connections; tests replace it.
using IdleClock = BootClock::time_point (*)();

/// How long a connection may be idle and still be reused. Shorter than the time after which common
/// gateways close (60 s): a request must not meet a connection that is about to close.
inline constexpr std::chrono::seconds longest_idle{55};

/// How often connections are checked for being too old or ended by the server.
inline constexpr std::chrono::seconds between_checks{1};

/// The connections that a multi handle keeps, by local port, which is all that libcurl says about
/// the connection that a request is about to use.
///
/// libcurl checks an idle connection only when the next request wants one. This shuts down those
/// that the server has ended, or that are too old, before that; libcurl then finds them dead.
///
/// Copying: not copyable; libcurl points to it. Cost: an entry per connection. Thread safety: one
/// thread.
class Connections {
 public:
  explicit Connections(IdleClock clock) noexcept : clock_(clock) {}
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  /// Makes libcurl open and close its sockets through this.
  void follow(CURL* easy);

  /// Records the connection of an exchange that has just ended.
  void note(CURL* easy);

  /// Whether a reused connection has input before anything was sent: its end, or bytes that would
  /// be taken for the response. False over HTTP/2, where a server may send at any time.
  [[nodiscard]] bool has_unexpected_input(long port) const noexcept;

  /// Whether the server has ended any of them.
  [[nodiscard]] bool one_has_ended() const noexcept;

  /// What to poll for them while all of them are idle.
  [[nodiscard]] std::vector<pollfd>& watched();

  /// Ends those that poll reported in `watched` as ended by the server.
  void end_what_the_server_ended();

  /// Ends those that have been idle for too long.
  ///
  /// \param is_used whether a request is using the connection with this local port.
  template <class IsUsed>
  void end_what_is_old(IsUsed is_used) {
    const auto now = clock_();
    if (now - last_check_ < between_checks) return;
    last_check_ = now;
    std::erase_if(kept_, [&](const auto& kept) {
      const bool is_old = now - kept.second.since > longest_idle && !is_used(kept.first);
      if (is_old) end(kept.second.socket);
      return is_old;
    });
  }

 private:
  struct Kept {
    curl_socket_t socket;
    bool is_http2;
    BootClock::time_point since;
  };

  static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address) noexcept;
  static int on_close(void* self, curl_socket_t socket) noexcept;
  static void end(curl_socket_t socket) noexcept;
  void forget(curl_socket_t socket) noexcept;

  const IdleClock clock_;
  BootClock::time_point last_check_{};
  std::unordered_map<long, Kept> kept_{};
  std::vector<pollfd> watched_{};
};

struct MultiCleanup {
  void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
};

/// A libcurl driver of transfers, with its connections.
using Multi = std::unique_ptr<CURLM, MultiCleanup>;

/// Makes a driver that keeps at most this many connections, each carrying one request at a time,
/// even over HTTP/2.
///
/// With several requests on one connection libcurl (7.88, for one) cannot tell which of them a
/// server left unprocessed when it ends the connection in an orderly way: it loses the responses of
/// some, reports others as possibly processed, and can leave requests waiting forever.
///
/// \throws std::bad_alloc if libcurl cannot make one.
[[nodiscard]] Multi make_multi(long max_connections);

}  // namespace segment::inline SEGMENT_ABI::http::detail
