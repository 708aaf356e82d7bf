#pragma once

// A connection to a sandbox that can send what no client sends.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include <segment/sandbox/sandbox.hpp>

#include "support/patience.hpp"

namespace segment::sandbox::test {

class RawConnection {
 public:
  explicit RawConnection(const Sandbox& sandbox)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
        authorization_("Authorization: Bearer " + sandbox.token() + "\r\n") {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(sandbox.port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      ADD_FAILURE() << "no connection";
    }
  }
  ~RawConnection() { ::close(socket_); }
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  /// The header line with the token, for a hand-written request.
  [[nodiscard]] const std::string& authorization() const { return authorization_; }

  /// False if the other side accepts no more.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// Sends a valid request.
  bool ask(std::string_view target = "/labels") {
    return send("GET " + std::string(target) + " HTTP/1.1\r\nHost: x\r\n" + authorization_ +
                "\r\n");
  }

  /// Reads until this text has arrived or the other side closes; returns all that was received.
  std::string read_until(std::string_view text) {
    while (received_.find(text) == std::string::npos && read_some()) continue;
    return received_;
  }

  /// Reads until the other side closes; fails the test if it does not.
  std::string read_to_end() {
    while (read_some()) continue;
    EXPECT_TRUE(ended_) << "the connection is still open";
    return received_;
  }

  /// Whether the other side has closed by now.
  bool has_ended() {
    while (!ended_ && is_readable(0) && read_some()) continue;
    return ended_;
  }

 private:
  bool is_readable(int milliseconds) const {
    pollfd waiting{socket_, POLLIN, 0};
    return ::poll(&waiting, 1, milliseconds) > 0;
  }
  bool read_some() {
    const auto most = std::chrono::milliseconds(segment::test::patience).count();
    if (ended_ || !is_readable(static_cast<int>(most))) return false;
    std::array<char, 16384> bytes{};
    const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    ended_ = count <= 0;
    if (!ended_) received_.append(bytes.data(), static_cast<std::size_t>(count));
    return !ended_;
  }

  int socket_;
  std::string authorization_;
  std::string received_;
  bool ended_ = false;
};

/// The status of the first response in a text; zero if there is none.
inline int status_in(std::string_view text) {
  constexpr std::string_view version = "HTTP/1.1 ";
  if (!text.starts_with(version)) return 0;
  return std::stoi(std::string(text.substr(version.size(), 3)));
}

/// How many responses a text contains.
inline int answers_in(std::string_view text) {
  int count = 0;
  for (std::size_t at = 0; (at = text.find("HTTP/1.1 ", at)) != std::string_view::npos; ++at)
    ++count;
  return count;
}

}  // namespace segment::sandbox::test
