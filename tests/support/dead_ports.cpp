#include "dead_ports.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "sockets.hpp"

namespace segment::test {

// Bound, so that nobody else gets the port, but not listening.
RefusingPort::RefusingPort() : socket_(bound_socket()) {}

RefusingPort::~RefusingPort() { ::close(socket_); }

std::string RefusingPort::url(std::string_view path) const {
  return url_of(port_of(socket_), path);
}

SilentPort::SilentPort() : socket_(bound_socket()) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (::listen(socket_, 0) != 0 || ::getsockname(socket_, any, &size) != 0) {
    throw std::runtime_error("no loopback socket");
  }
  // Until one hangs: how many fit is the system's affair.
  for (bool has_room = true; has_room && queued_.size() < 100;) {
    queued_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    ::connect(queued_.back(), any, size);
    pollfd waiting{queued_.back(), POLLOUT, 0};
    constexpr int milliseconds = 20;  // On loopback what can connect has done so by then.
    has_room = ::poll(&waiting, 1, milliseconds) > 0;
  }
}

SilentPort::~SilentPort() {
  for (const int queued : queued_) ::close(queued);
  ::close(socket_);
}

std::string SilentPort::url(std::string_view path) const { return url_of(port_of(socket_), path); }

}  // namespace segment::test
