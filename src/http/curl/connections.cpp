#include "connections.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <ctime>

#include "open_sockets.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {
namespace {

// What poll is to be asked for to say that the other end has ended a connection.
#if defined(POLLRDHUP)
constexpr short poll_for_end = POLLRDHUP;
#else
constexpr short poll_for_end = 0;  // at least a reset is told then
#endif

bool has_event(curl_socket_t socket, short events) noexcept {
  pollfd polled{socket, events, 0};
  return ::poll(&polled, 1, 0) != 0;
}

bool is_over_http2(CURL* easy) noexcept {
  long version = 0;
  curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
  return version == CURL_HTTP_VERSION_2_0;
}

}  // namespace

BootClock::time_point BootClock::now() noexcept {
#if defined(CLOCK_BOOTTIME)
  timespec time{};
  if (::clock_gettime(CLOCK_BOOTTIME, &time) == 0) {
    return time_point(std::chrono::seconds(time.tv_sec) + duration(time.tv_nsec));
  }
#endif
  return time_point(std::chrono::steady_clock::now().time_since_epoch());
}

void Connections::follow(CURL* easy) {
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &Connections::on_open);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &Connections::on_close);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
}

void Connections::note(CURL* easy) {
  long port = 0;
  curl_socket_t socket = CURL_SOCKET_BAD;
  curl_easy_getinfo(easy, CURLINFO_LOCAL_PORT, &port);
  curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &socket);
  if (socket == CURL_SOCKET_BAD) {
    kept_.erase(port);
  } else {
    kept_[port] = {.socket = socket, .is_http2 = is_over_http2(easy), .since = clock_()};
  }
}

bool Connections::has_unexpected_input(long port) const noexcept {
  const auto found = kept_.find(port);
  return found != kept_.end() && !found->second.is_http2 && has_event(found->second.socket, POLLIN);
}

bool Connections::one_has_ended() const noexcept {
  return std::any_of(kept_.begin(), kept_.end(),
                     [](const auto& kept) { return has_event(kept.second.socket, poll_for_end); });
}

std::vector<pollfd>& Connections::watched() {
  watched_.clear();
  for (const auto& [port, kept] : kept_) watched_.push_back({kept.socket, poll_for_end, 0});
  return watched_;
}

void Connections::end_what_the_server_ended() {
  for (const pollfd& watched : watched_) {
    if (watched.revents == 0) continue;
    end(watched.fd);
    forget(watched.fd);
  }
  watched_.clear();
}

// The socket itself is libcurl's to close.
void Connections::end(curl_socket_t socket) noexcept { ::shutdown(socket, SHUT_RDWR); }

void Connections::forget(curl_socket_t socket) noexcept {
  std::erase_if(kept_, [&](const auto& kept) { return kept.second.socket == socket; });
}

curl_socket_t Connections::on_open(void*, curlsocktype, curl_sockaddr* address) noexcept {
  return open_socket(*address);
}

int Connections::on_close(void* self, curl_socket_t socket) noexcept {
  static_cast<Connections*>(self)->forget(socket);
  return close_socket(socket);
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
