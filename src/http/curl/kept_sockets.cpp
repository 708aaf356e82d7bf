#include "kept_sockets.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include "easy.hpp"
#include "socket_state.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

void KeptSockets::follow(CURL* easy) {
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &KeptSockets::on_close);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
}

void KeptSockets::note(CURL* easy) {
  long port = 0;
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(easy, CURLINFO_LOCAL_PORT, &port);
  curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &socket);
  if (socket == CURL_SOCKET_BAD) {
    sockets_.erase(port);
  } else {
    sockets_[port] = {.socket = socket, .is_http2 = was_http2(easy), .since = clock_()};
  }
}

bool KeptSockets::has_unasked_input(long port) const noexcept {
  const auto found = sockets_.find(port);
  return found != sockets_.end() && !found->second.is_http2 && is_readable(found->second.socket);
}

std::vector<pollfd>& KeptSockets::watched() {
  watched_.clear();
  for (const auto& [port, kept] : sockets_) watched_.push_back({kept.socket, poll_for_end, 0});
  return watched_;
}

void KeptSockets::end_what_the_server_ended() {
  for (const pollfd& watched : watched_) {
    if (watched.revents == 0) continue;
    end(watched.fd);
    forget(watched.fd);
  }
  watched_.clear();
}

// The socket itself is libcurl's to close.
void KeptSockets::end(curl_socket_t socket) noexcept { ::shutdown(socket, SHUT_RDWR); }

void KeptSockets::forget(curl_socket_t socket) noexcept {
  std::erase_if(sockets_, [&](const auto& kept) { return kept.second.socket == socket; });
}

int KeptSockets::on_close(void* self, curl_socket_t socket) noexcept {
  static_cast<KeptSockets*>(self)->forget(socket);
  return ::close(socket);
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
