#pragma once

#include <curl/curl.h>
#include <poll.h>

namespace segment::http::detail {

/// Whether a socket has something to be read just now, its end included.
[[nodiscard]] inline bool is_readable(curl_socket_t socket) noexcept {
  pollfd waiting{socket, POLLIN, 0};
  return ::poll(&waiting, 1, 0) != 0;
}

}  // namespace segment::http::detail
