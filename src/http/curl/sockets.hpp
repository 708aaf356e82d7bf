#pragma once

#include <curl/curl.h>
#include <poll.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// Opens a socket for libcurl that programs started by this one do not inherit. A forked child
/// closes its copy before anything else: nothing may be sent on it, and while it is open the server
/// does not see that the parent has closed the connection.
///
/// \return CURL_SOCKET_BAD if the system has none.
[[nodiscard]] curl_socket_t open_socket(const curl_sockaddr& address) noexcept;

/// Closes such a socket.
int close_socket(curl_socket_t socket) noexcept;

/// Polls the sockets and the timer that a multi handle asks for, without asking libcurl about
/// transfers that have nothing to do.
///
/// Copying: not copyable; libcurl points into it. Cost: a poll entry per socket. Thread safety: one
/// thread, except for `wake`.
class Sockets {
 public:
  /// \throws std::system_error if the system has no descriptors left.
  explicit Sockets(CURLM* multi);
  ~Sockets();
  Sockets(const Sockets&) = delete;
  Sockets& operator=(const Sockets&) = delete;

  /// Waits until then, or until a socket is ready, the timer is due, or `wake` is called.
  ///
  /// \param also further descriptors to poll, whose events also end the wait.
  void wait(std::chrono::steady_clock::time_point until, std::vector<pollfd>& also);

  /// Ends the current wait, or else the next one. May be called from any thread.
  void wake() noexcept;

  /// Lets libcurl handle the sockets that are ready, and its timer if that is due.
  void act();

 private:
  static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self,
                       void* of_socket) noexcept;
  static int on_timer(CURLM* multi, long milliseconds, void* self) noexcept;
  void watch(curl_socket_t socket, short events);
  void forget(curl_socket_t socket) noexcept;

  void take_wake_ups() noexcept;

  CURLM* const multi_;
  int wake_pipe_[2];                          // read end, write end
  std::vector<pollfd> polled_;                // the wake-up pipe first
  std::vector<std::size_t> place_of_socket_;  // in `polled_`; 0: not there
  std::vector<pollfd> ready_;                 // of the newest wait
  std::optional<std::chrono::steady_clock::time_point> timer_{};
};

}  // namespace segment::inline SEGMENT_ABI::http::detail
