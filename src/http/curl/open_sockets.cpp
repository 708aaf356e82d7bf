#include "open_sockets.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <exception>
#include <mutex>
#include <vector>

namespace segment::inline SEGMENT_ABI::http::detail {
namespace {

struct OpenSocket {
  curl_socket_t socket;
  ino_t inode;  // should the number belong to something else by now
};

struct OpenSockets {
  std::mutex mutex{};  // never held while other code runs
  std::vector<OpenSocket> all{};
};

// Never destroyed: libcurl may close sockets while the program ends.
OpenSockets& open_sockets() noexcept {
  static OpenSockets& sockets = *new OpenSockets;
  return sockets;
}

ino_t inode_of(curl_socket_t socket) noexcept {
  struct stat status {};
  return ::fstat(socket, &status) == 0 ? status.st_ino : 0;
}

void before_fork() noexcept { open_sockets().mutex.lock(); }
void after_fork_in_parent() noexcept { open_sockets().mutex.unlock(); }
void after_fork_in_child() noexcept {
  for (const OpenSocket& open : open_sockets().all) {
    if (inode_of(open.socket) == open.inode) ::close(open.socket);
  }
  open_sockets().all.clear();
  open_sockets().mutex.unlock();
}

void remember(curl_socket_t socket) {
  static const int registered =
      ::pthread_atfork(&before_fork, &after_fork_in_parent, &after_fork_in_child);
  static_cast<void>(registered);
  const ino_t inode = inode_of(socket);
  const std::scoped_lock lock(open_sockets().mutex);
  open_sockets().all.push_back({socket, inode});
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
    const std::scoped_lock lock(open_sockets().mutex);
    std::erase_if(open_sockets().all,
                  [socket](const OpenSocket& open) { return open.socket == socket; });
  }
  return ::close(socket);
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
