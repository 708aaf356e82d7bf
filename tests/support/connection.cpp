#include "connection.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace segment::test {

namespace {

constexpr std::string_view end_of_head = "\r\n\r\n";

Received take_apart(std::string text, std::size_t head_size) {
  Received request;
  request.body = text.substr(head_size);
  const std::string_view head = std::string_view(text).substr(0, head_size);
  std::size_t at = head.find("\r\n");
  const std::string_view line = head.substr(0, at);
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  request.method = line.substr(0, first);
  request.target = line.substr(first + 1, last - first - 1);
  for (at += 2; at + 2 < head.size();) {
    const std::size_t end = head.find("\r\n", at);
    const std::string_view field = head.substr(at, end - at);
    const std::size_t colon = field.find(':');
    const std::size_t value = field.find_first_not_of(' ', colon + 1);
    request.headers.add(std::string(field.substr(0, colon)),
                        value == std::string_view::npos ? "" : std::string(field.substr(value)));
    at = end + 2;
  }
  request.text = std::move(text);
  return request;
}

std::size_t body_size(const http::Headers& headers) {
  return std::stoul(std::string(headers.find("Content-Length").value_or("0")));
}

}  // namespace

bool Connection::wait_for(short events, int milliseconds) {
  std::array<pollfd, 2> waiting{{{socket_, events, 0}, {stop_signal_, POLLIN, 0}}};
  if (!is_open()) return false;
  int ready = 0;
  do {
    ready = ::poll(waiting.data(), waiting.size(), milliseconds);
  } while (ready < 0 && errno == EINTR);
  return ready > 0 && waiting[1].revents == 0;
}

bool Connection::read_some() {
  if (!wait_for(POLLIN, -1)) return false;
  std::array<char, 16384> bytes{};
  const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  const std::string_view read(bytes.data(), static_cast<std::size_t>(count));
  record_bytes_(read);
  unread_ += read;
  return true;
}

bool Connection::wait_for_bytes() {
  if (!unread_.empty()) return true;
  if (!wait_for(POLLIN, -1)) return false;
  char byte = 0;
  return ::recv(socket_, &byte, 1, MSG_PEEK) == 1;
}

bool Connection::read_head() {
  while (unread_.find(end_of_head) == std::string::npos) {
    if (!read_some()) return false;
  }
  return true;
}

const Received* Connection::read_request() {
  if (request_.has_value()) return &*request_;
  if (!read_head()) return nullptr;
  const std::size_t head = unread_.find(end_of_head) + end_of_head.size();
  const std::size_t whole = head + body_size(take_apart(unread_, head).headers);
  while (unread_.size() < whole) {
    if (!read_some()) return nullptr;
  }
  Received request = take_apart(unread_.substr(0, whole), head);
  unread_.erase(0, whole);
  request.connection = number_;
  record_request_(request);
  return &request_.emplace(std::move(request));
}

bool Connection::write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!wait_for(POLLOUT, -1)) return false;
    const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool Connection::pause(std::chrono::milliseconds time) {
  if (!is_open() || stop_.stop_requested()) return false;
  // Only the client disconnecting ends the wait; bytes that it sends do not.
  return !wait_for(POLLRDHUP, static_cast<int>(time.count())) && !stop_.stop_requested();
}

void Connection::wait_until_client_leaves() {
  while (read_some()) unread_.clear();
}

void Connection::finish() {
  if (is_open()) ::shutdown(socket_, SHUT_WR);
}

void Connection::close() {
  if (is_open()) ::close(std::exchange(socket_, -1));
}

void Connection::reset() {
  const linger max_concurrency{.l_onoff = 1, .l_linger = 0};
  if (is_open())
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &max_concurrency, sizeof max_concurrency);
  close();
}

}  // namespace segment::test
