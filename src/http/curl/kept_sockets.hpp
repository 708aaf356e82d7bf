#pragma once

#include <curl/curl.h>
#include <poll.h>

#include <unordered_map>
#include <vector>

#include "boot_clock.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// The sockets of the connections that a multi handle keeps, by their local port: all that libcurl
/// tells of the connection that a request is about to go out on.
///
/// libcurl looks at an idle connection only when the next request wants one. This one ends those
/// that the server has ended, or that are too old, before that; libcurl then finds them dead.
///
/// Copying: not copied; libcurl points to it. Cost: an entry for each connection. Thread safety:
/// one thread.
class KeptSockets {
 public:
  explicit KeptSockets(IdleClock clock) noexcept : clock_(clock) {}

  /// Has libcurl say when it closes a socket. For each transfer before it begins.
  void follow(CURL* easy);

  /// Notes the connection of an exchange that has just ended.
  void note(CURL* easy);

  /// Whether a connection that was used before holds something that nobody has asked for. Over
  /// HTTP/2 the server has reasons of its own to send unasked.
  [[nodiscard]] bool has_unasked_input(long port) const noexcept;

  /// What poll is to be asked for about them while all of them are idle.
  [[nodiscard]] std::vector<pollfd>& watched();

  /// Ends those of which poll said in `watched` that the server has.
  void end_what_the_server_ended();

  /// Ends those that were idle for too long.
  ///
  /// \param is_used says of a local port whether a request is under way there.
  template <class IsUsed>
  void end_what_is_old(IsUsed is_used) {
    const auto now = clock_();
    if (now - last_look_ < between_looks) return;
    last_look_ = now;
    std::erase_if(sockets_, [&](const auto& kept) {
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

  static int on_close(void* self, curl_socket_t socket) noexcept;
  static void end(curl_socket_t socket) noexcept;
  void forget(curl_socket_t socket) noexcept;

  const IdleClock clock_;
  BootClock::time_point last_look_{};
  std::unordered_map<long, Kept> sockets_{};
  std::vector<pollfd> watched_{};
};

}  // namespace segment::inline SEGMENT_ABI::http::detail
