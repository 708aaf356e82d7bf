#include "wire/connection_stream.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// With a client that went silent in the middle of a request or a response.
constexpr std::chrono::seconds patience{30};

void address_of(const sockaddr_in& address, std::string& ip, int& port) {
  std::array<char, INET_ADDRSTRLEN> text{};
  if (::inet_ntop(AF_INET, &address.sin_addr, text.data(), text.size()) != nullptr)
    ip = text.data();
  port = ntohs(address.sin_port);
}

// Where the body of a response starts.
std::size_t body_of(std::string_view answer) {
  constexpr std::string_view end_of_head = "\r\n\r\n";
  const std::size_t found = answer.find(end_of_head);
  return found == std::string_view::npos ? answer.size() : found + end_of_head.size();
}

}  // namespace

bool ConnectionStream::wait(short events, std::chrono::milliseconds time) const {
  std::array<pollfd, 2> polled{{{socket_, events, 0}, {stop_signal_, POLLIN, 0}}};
  int ready = 0;
  do {
    ready = ::poll(polled.data(), polled.size(), static_cast<int>(time.count()));
  } while (ready < 0 && errno == EINTR);
  return ready > 0 && polled[1].revents == 0;
}

bool ConnectionStream::is_readable() const {
  return unread_from_ < unread_to_ || wait(POLLIN, std::chrono::milliseconds{0});
}

bool ConnectionStream::wait_for_request(std::chrono::milliseconds time) {
  return unread_from_ < unread_to_ || wait(POLLIN, time);
}

void ConnectionStream::begin_request() noexcept {
  line_bytes_ = head_bytes_ = body_bytes_ = lines_ = 0;
  head_is_over_ = false;
  refusal_ = 0;
  closes_ = false;
  ending_ = Fault::Ending::whole;
}

bool ConnectionStream::receive() {
  // The interim response to `Expect: 100-continue` is the only thing that is sent before the end.
  if (!unsent_.empty() && !finish_answer()) return false;
  if (!wait(POLLIN, patience)) return false;
  const ssize_t got = ::recv(socket_, unread_.data(), unread_.size(), 0);
  if (got <= 0) return false;
  unread_from_ = 0;
  unread_to_ = static_cast<std::size_t>(got);
  return true;
}

// The server library reads lines byte by byte, and stores them however long they are.
bool ConnectionStream::may_take_line_byte(char byte) {
  ++line_bytes_;
  if (line_bytes_ > limits_.line) refusal_ = head_is_over_ ? 400 : (lines_ == 0 ? 414 : 431);
  if (!head_is_over_ && ++head_bytes_ > limits_.head) refusal_ = 431;
  if (byte == '\n') {
    head_is_over_ = head_is_over_ || (lines_ > 0 && line_bytes_ <= 2);
    line_bytes_ = 0;
    ++lines_;
  }
  // The sizes of chunks count as what they belong to.
  return head_is_over_ ? may_take_body_bytes(1) : refusal_ == 0;
}

bool ConnectionStream::may_take_body_bytes(std::size_t count) {
  body_bytes_ += count;
  if (body_bytes_ > limits_.body) refusal_ = 413;
  return refusal_ == 0;
}

ssize_t ConnectionStream::read(char* place, size_t size) {
  if (refusal_ != 0 || (unread_from_ == unread_to_ && !receive())) return -1;
  const std::size_t count = std::min(size, unread_to_ - unread_from_);
  const bool may_take =
      size == 1 ? may_take_line_byte(unread_[unread_from_]) : may_take_body_bytes(count);
  if (!may_take) return -1;
  std::memcpy(place, unread_.data() + unread_from_, count);
  unread_from_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t ConnectionStream::write(const char* bytes, size_t size) {
  unsent_.append(bytes, size);
  return static_cast<ssize_t>(size);
}

bool ConnectionStream::finish_answer() {
  const std::string answer = std::exchange(unsent_, {});
  switch (ending_) {
    case Fault::Ending::whole:
      return send(answer);
    case Fault::Ending::cut: {
      const std::size_t body = body_of(answer);
      [[maybe_unused]] const bool sent =
          send(std::string_view(answer).substr(0, body + (answer.size() - body) / 2));
      return false;
    }
    case Fault::Ending::reset:
      reset_on_close();
      return false;
  }
  return false;
}

bool ConnectionStream::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno != EINTR && (errno != EAGAIN || !wait(POLLOUT, patience))) {
      return false;
    }
  }
  return true;
}

void ConnectionStream::linger() {
  constexpr std::size_t most_bytes = std::size_t{1} << 20U;
  constexpr std::chrono::milliseconds quiet{500};
  ::shutdown(socket_, SHUT_WR);
  for (std::size_t bytes = 0; bytes < most_bytes && wait(POLLIN, quiet);) {
    const ssize_t got = ::recv(socket_, unread_.data(), unread_.size(), MSG_DONTWAIT);
    if (got <= 0) return;
    bytes += static_cast<std::size_t>(got);
  }
}

void ConnectionStream::reset_on_close() const {
  const struct linger at_once { .l_onoff = 1, .l_linger = 0 };
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void ConnectionStream::get_remote_ip_and_port(std::string& ip, int& port) const {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (::getpeername(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0) {
    address_of(address, ip, port);
  }
}

void ConnectionStream::get_local_ip_and_port(std::string& ip, int& port) const {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0) {
    address_of(address, ip, port);
  }
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
