#include "dead_ports.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "patience.hpp"
#include "sockets.hpp"

namespace segment::test {

namespace {

// For a listening socket the system reports how many connections wait to be accepted, and how many
// may.
bool is_full(int listening) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (::getsockopt(listening, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) {
    throw std::runtime_error("cannot inspect the loopback socket");
  }
  return info.tcpi_unacked > info.tcpi_sacked;
}

}  // namespace

// Bound, so that nothing else gets the port, but not listening.
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
  queued_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(queued_, any, size) != 0) throw std::runtime_error("no loopback connection");
  // Connected does not mean queued: the last packet of the handshake may still be in flight.
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!is_full(socket_)) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("the queue has room");
    std::this_thread::yield();
  }
}

SilentPort::~SilentPort() {
  ::close(queued_);
  ::close(socket_);
}

std::string SilentPort::url(std::string_view path) const { return url_of(port_of(socket_), path); }

}  // namespace segment::test
