#include "multi.hpp"

#include <new>

#if defined(__linux__)
#include <fcntl.h>
#include <linux/sockios.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#endif

namespace segment::inline SEGMENT_ABI::http::detail {
namespace {

#if defined(__linux__)

// Where a new descriptor would be.
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

// libcurl's pair of sockets for curl_multi_wakeup is inherited by programs that this one starts,
// and libcurl tells nobody which they are. So the pair is known by what only it does: that many
// wake-ups wait as bytes in one of them, and as not yet read in the other, until libcurl is polled.
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
  // Other threads may open some at the same time.
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
  return multi;
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
