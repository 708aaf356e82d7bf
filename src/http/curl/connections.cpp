#include "http/curl/connections.hpp"

#include <sys/socket.h>
#if defined(__linux__)
#include <fcntl.h>
#include <linux/sockios.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>
#endif

#include <algorithm>
#include <array>
#include <cstddef>
#include <ctime>
#include <new>

#include "http/curl/sockets.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

// Idle connections --------------------------------------------------------------------------------

namespace {

// The event by which poll reports that the other end has ended a connection.
#if defined(POLLRDHUP)
constexpr short poll_for_end = POLLRDHUP;
#else
constexpr short poll_for_end = 0;  // a reset is reported in any case
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

// Only shuts the connection down; libcurl closes the socket.
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

// The multi handle --------------------------------------------------------------------------------

namespace {

#if defined(__linux__)

// The number that the next descriptor will get.
int next_descriptor() noexcept {
  const int probe = ::eventfd(0, EFD_CLOEXEC);
  if (probe >= 0) ::close(probe);
  return probe;
}

int bytes_waiting(int descriptor, unsigned long request) noexcept {
  int bytes = 0;
  return ::ioctl(descriptor, request, &bytes) == 0 ? bytes : 0;
}

bool is_local_socket(int descriptor) noexcept {
  int domain = 0;
  socklen_t size = sizeof domain;
  return ::getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0 && domain == AF_UNIX;
}

// Programs started by this one inherit libcurl's socket pair for curl_multi_wakeup, and libcurl
// does not say which sockets these are. Only they behave like this: until libcurl is polled, each
// wake-up waits as a byte in one of them, and as not yet read in the other.
class WakeUpPair {
 public:
  WakeUpPair(CURLM* multi, int first) noexcept : multi_(multi), first_(first) {}

  void close_on_exec() noexcept {
    constexpr int wake_ups = 3;
    std::array<bool, candidates> found{};
    for (std::size_t i = 0; i < candidates; ++i) found[i] = is_local_socket(at(i)) && is_empty(i);
    for (int i = 0; i < wake_ups; ++i) curl_multi_wakeup(multi_);
    for (std::size_t i = 0; i < candidates; ++i) {
      found[i] = found[i] &&
                 (bytes_waiting(at(i), FIONREAD) == wake_ups || bytes_waiting(at(i), SIOCOUTQ) > 0);
    }
    curl_multi_poll(multi_, nullptr, 0, 0, nullptr);
    for (std::size_t i = 0; i < candidates; ++i) {
      if (found[i] && is_empty(i)) ::fcntl(at(i), F_SETFD, FD_CLOEXEC);
    }
  }

 private:
  // Other threads may open descriptors at the same time.
  static constexpr std::size_t candidates = 16;

  [[nodiscard]] int at(std::size_t candidate) const noexcept {
    return first_ + static_cast<int>(candidate);
  }
  [[nodiscard]] bool is_empty(std::size_t candidate) const noexcept {
    return bytes_waiting(at(candidate), FIONREAD) == 0 &&
           bytes_waiting(at(candidate), SIOCOUTQ) == 0;
  }

  CURLM* const multi_;
  const int first_;
};

#endif

Multi new_multi() {
#if defined(__linux__)
  const int first = next_descriptor();
#endif
  Multi multi(curl_multi_init());
  if (multi == nullptr) throw std::bad_alloc();
#if defined(__linux__)
  if (first >= 0) WakeUpPair(multi.get(), first).close_on_exec();
#endif
  return multi;
}

}  // namespace

Multi make_multi(long max_connections) {
  Multi multi = new_multi();
  curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, max_connections);
  curl_multi_setopt(multi.get(), CURLMOPT_PIPELINING, long{CURLPIPE_NOTHING});
#if LIBCURL_VERSION_NUM >= 0x081400
  // The threads of name lookups belong to it: without this, its end waits for them.
  curl_multi_setopt(multi.get(), CURLMOPT_QUICK_EXIT, 1L);
#endif
  return multi;
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
