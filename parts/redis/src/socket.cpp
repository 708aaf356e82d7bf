#include "socket.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>
#include <vector>

namespace segment::inline SEGMENT_ABI::redis {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

[[noreturn]] void fail(const std::string& what, int error) {
  throw StoreError(what + ": " + std::generic_category().message(error) + ".");
}

milliseconds left_until(Deadline deadline) {
  return std::max(milliseconds::zero(),
                  std::chrono::ceil<milliseconds>(deadline - steady_clock::now()));
}

#if defined(__GLIBC__)
/// A name lookup that outlives the caller that timed out waiting for it.
struct LookUp {
  std::string host;
  std::string service;
  addrinfo hints{};
  gaicb request{};
};

addrinfo* look_up(const std::string& host, const std::string& service, const addrinfo& hints,
                  Deadline deadline) {
  auto look_up = std::make_unique<LookUp>(LookUp{host, service, hints});
  look_up->request.ar_name = look_up->host.c_str();
  look_up->request.ar_service = look_up->service.c_str();
  look_up->request.ar_request = &look_up->hints;
  gaicb* list[] = {&look_up->request};
  if (::getaddrinfo_a(GAI_NOWAIT, list, 1, nullptr) != 0) {
    throw StoreError("The address of " + host + " cannot be looked up.");
  }
  const gaicb* const waited[] = {&look_up->request};
  while (::gai_error(&look_up->request) == EAI_INPROGRESS && steady_clock::now() < deadline) {
    const milliseconds left = left_until(deadline);
    const timespec time{.tv_sec = left.count() / 1000, .tv_nsec = left.count() % 1000 * 1'000'000};
    ::gai_suspend(waited, 1, &time);
  }
  const int error = ::gai_error(&look_up->request);
  if (error == EAI_INPROGRESS) {
    // If it cannot be cancelled, the C library still writes there.
    if (::gai_cancel(&look_up->request) != EAI_CANCELED) static_cast<void>(look_up.release());
    throw StoreError("The address of " + host + " was not found in time.");
  }
  if (error != 0) throw StoreError(host + " has no address: " + ::gai_strerror(error) + ".");
  return look_up->request.ar_result;
}
#else
addrinfo* look_up(const std::string& host, const std::string& service, const addrinfo& hints,
                  Deadline /*which this system does not heed*/) {
  addrinfo* found = nullptr;
  const int error = ::getaddrinfo(host.c_str(), service.c_str(), &hints, &found);
  if (error != 0) throw StoreError(host + " has no address: " + ::gai_strerror(error) + ".");
  return found;
}
#endif

}  // namespace

Socket::~Socket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Socket Socket::connect(const std::string& host, std::uint16_t port, Deadline deadline) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(
      look_up(host, std::to_string(port), hints, deadline), &::freeaddrinfo);
  std::string reason = host + " has no address.";
  for (const addrinfo* one = all.get(); one != nullptr; one = one->ai_next) {
    try {
      return connect(one->ai_family, one->ai_addr, one->ai_addrlen, deadline);
    } catch (const StoreError& error) {
      reason = error.what();
    }
  }
  throw StoreError(reason);
}

Socket Socket::connect(const std::string& path, Deadline deadline) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) throw StoreError("The socket's path is too long.");
  path.copy(address.sun_path, path.size());
  return connect(AF_UNIX, &address, sizeof address, deadline);
}

Socket Socket::connect(int family, const void* address, std::size_t size, Deadline deadline) {
  Socket socket(::socket(family, SOCK_STREAM, 0));
  const int descriptor = socket.descriptor_;
  if (descriptor < 0) fail("No socket for Redis", errno);
  ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
  const int on = 1;
  if (family != AF_UNIX) ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(descriptor, static_cast<const sockaddr*>(address), static_cast<socklen_t>(size)) !=
      0) {
    if (errno != EINPROGRESS) fail("Redis cannot be connected to", errno);
    socket.wait(POLLOUT, deadline);
    int error = 0;
    socklen_t length = sizeof error;
    ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0) fail("Redis cannot be connected to", error);
  }
  return socket;
}

void Socket::wait(short events, Deadline deadline) const {
  pollfd one{.fd = descriptor_, .events = events, .revents = 0};
  for (;;) {
    const milliseconds left = left_until(deadline);
    const int ready = ::poll(&one, 1, static_cast<int>(left.count()));
    if (ready > 0) return;
    if (ready < 0 && errno != EINTR) fail("Redis cannot be waited for", errno);
    if (ready == 0 || left <= milliseconds::zero()) {
      throw StoreError("Redis did not respond in time.");
    }
  }
}

void Socket::send(std::string_view bytes, Deadline deadline) {
  while (!bytes.empty()) {
    const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      wait(POLLOUT, deadline);
    } else if (errno != EINTR) {
      fail("Redis cannot be written to", errno);
    }
  }
}

std::size_t Socket::receive(char* buffer, std::size_t size, Deadline deadline) {
  for (;;) {
    const auto count = ::recv(descriptor_, buffer, size, 0);
    if (count > 0) return static_cast<std::size_t>(count);
    if (count == 0) throw StoreError("Redis ended the connection.");
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      wait(POLLIN, deadline);
    } else if (errno != EINTR) {
      fail("Redis cannot be read from", errno);
    }
  }
}

}  // namespace segment::inline SEGMENT_ABI::redis
