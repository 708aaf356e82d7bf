#include "open_sockets.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <exception>
#include <mutex>
#include <vector>

#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {
namespace {

using segment::detail::call_in_forked_child;
using segment::detail::ForkLock;

struct OpenSocket {
  curl_socket_t socket;
  ino_t inode;  // should the number belong to something else by now
};

void close_all_in_child();

std::vector<OpenSocket>* made_with_handler() {
  auto* made = new std::vector<OpenSocket>;
  call_in_forked_child(&close_all_in_child);
  return made;
}

// The ForkLock is held where it is used. Never destroyed: libcurl may close sockets while the
// program ends.
std::vector<OpenSocket>& open_sockets() noexcept {
  static std::vector<OpenSocket>& sockets = *made_with_handler();
  return sockets;
}

[[maybe_unused]] const std::vector<OpenSocket>& sockets_when_loaded = open_sockets();

ino_t inode_of(curl_socket_t socket) noexcept {
  struct stat status {};
  return ::fstat(socket, &status) == 0 ? status.st_ino : 0;
}

void close_all_in_child() {
  for (const OpenSocket& open : open_sockets()) {
    if (inode_of(open.socket) == open.inode) ::close(open.socket);
  }
  open_sockets().clear();
}

void remember(curl_socket_t socket) {
  const ino_t inode = inode_of(socket);
  const ForkLock lock;
  open_sockets().push_back({socket, inode});
}

curl_socket_t new_socket(const curl_sockaddr& address) noexcept {
#if defined(SOCK_CLOEXEC)
  return ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
#else
  const curl_socket_t socket = ::socket(address.family, address.socktype, address.protocol);
  if (socket != CURL_SOCKET_BAD) ::fcntl(socket, F_SETFD, FD_CLOEXEC);
  return socket;
#endif
}

}  // namespace

curl_socket_t open_socket(const curl_sockaddr& address) noexcept {
  const curl_socket_t socket = new_socket(address);
  if (socket == CURL_SOCKET_BAD) return socket;
  try {
    remember(socket);
  } catch (const std::exception&) {
    ::close(socket);
    return CURL_SOCKET_BAD;
  }
  return socket;
}

int close_socket(curl_socket_t socket) noexcept {
  {
    const ForkLock lock;
    std::erase_if(open_sockets(),
                  [socket](const OpenSocket& open) { return open.socket == socket; });
  }
  return ::close(socket);
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
