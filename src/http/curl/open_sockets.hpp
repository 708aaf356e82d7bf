#pragma once

#include <curl/curl.h>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// Opens a socket for libcurl that no program started by this one inherits. A forked child closes
/// its copy before anything else: nothing may be sent on it, and while it is open the server does
/// not see that the parent has closed the connection.
///
/// \return CURL_SOCKET_BAD where the system has none.
[[nodiscard]] curl_socket_t open_socket(const curl_sockaddr& address) noexcept;

/// Closes such a socket.
int close_socket(curl_socket_t socket) noexcept;

}  // namespace segment::inline SEGMENT_ABI::http::detail
