#pragma once

#include <curl/curl.h>
#include <poll.h>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// What poll is to be asked for to say that the other end has ended a connection.
#if defined(POLLRDHUP)
inline constexpr short poll_for_end = POLLRDHUP;
#else
inline constexpr short poll_for_end = 0;  // at least a reset is told then
#endif

/// Whether a socket has something to be read just now, its end included.
[[nodiscard]] inline bool is_readable(curl_socket_t socket) noexcept {
  pollfd waiting{socket, POLLIN, 0};
  return ::poll(&waiting, 1, 0) != 0;
}

/// Whether the other end has ended the connection.
[[nodiscard]] inline bool has_ended(curl_socket_t socket) noexcept {
  pollfd waiting{socket, poll_for_end, 0};
  return ::poll(&waiting, 1, 0) != 0;
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
