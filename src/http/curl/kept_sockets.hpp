#pragma once

#include <curl/curl.h>

#include <unordered_map>

#include "easy.hpp"
#include "readable.hpp"

namespace segment::http::detail {

/// The sockets of the HTTP/1.1 connections that a multi handle keeps, by their local port: all that
/// libcurl tells of the connection that a request is about to go out on.
///
/// Copying: not copied. Cost: an entry for each port that was used. Thread safety: one thread.
class KeptSockets {
 public:
  /// Notes the connection of an exchange that has just ended.
  void note(CURL* easy) {
    long port = 0;
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(easy, CURLINFO_LOCAL_PORT, &port);
    curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &socket);
    if (!was_http2(easy) && socket != CURL_SOCKET_BAD) {
      sockets_[port] = socket;
    } else {
      sockets_.erase(port);
    }
  }

  /// Whether a connection that was used before holds something that nobody has asked for.
  [[nodiscard]] bool has_unasked_input(long port) const noexcept {
    const auto found = sockets_.find(port);
    return found != sockets_.end() && is_readable(found->second);
  }

 private:
  std::unordered_map<long, curl_socket_t> sockets_{};
};

}  // namespace segment::http::detail
