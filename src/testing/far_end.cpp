#include "testing/far_end.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

namespace {

using std::chrono::steady_clock;

constexpr int socket_patience_ms = 10'000;

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void close_on_exec(int descriptor) { ::fcntl(descriptor, F_SETFD, FD_CLOEXEC); }

bool is_ready(int socket, short events) {
  pollfd one{.fd = socket, .events = events, .revents = 0};
  return ::poll(&one, 1, socket_patience_ms) > 0;
}

void send_all(int socket, std::string_view bytes) {
  while (!bytes.empty() && is_ready(socket, POLLOUT)) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string_view take_until(std::string_view& text, std::string_view end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(std::min(at + end.size(), text.size()));
  return part;
}

std::size_t length_of_body(const ReceivedRequest& request) {
  std::size_t length = 0;
  if (const auto said = request.headers.find("Content-Length")) {
    std::from_chars(said->data(), said->data() + said->size(), length);
  }
  return length;
}

ReceivedRequest read_head(std::string_view head) {
  ReceivedRequest request;
  std::string_view line = take_until(head, "\r\n");
  request.method = take_until(line, " ");
  request.target = take_until(line, " ");
  while (!head.empty()) {
    line = take_until(head, "\r\n");
    const std::string_view name = take_until(line, ":");
    request.headers.add(name, segment::detail::trimmed(line));
  }
  return request;
}

std::optional<ReceivedRequest> read_request(int socket) {
  std::string bytes;
  std::optional<ReceivedRequest> request;
  std::size_t body = 0;  // where it begins
  for (;;) {
    if (!request) {
      const std::size_t end = bytes.find("\r\n\r\n");
      if (end != bytes.npos) {
        request = read_head(std::string_view(bytes).substr(0, end + 2));
        body = end + 4;
      }
    }
    if (request && bytes.size() - body >= length_of_body(*request)) break;
    std::array<char, 4096> buffer{};
    if (!is_ready(socket, POLLIN)) return std::nullopt;
    const auto count = ::recv(socket, buffer.data(), buffer.size(), 0);
    if (count <= 0) return std::nullopt;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
  request->body = bytes.substr(body);
  return request;
}

std::string usual_response(const ReceivedRequest& request) {
  return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " +
         std::to_string(request.target.size()) + "\r\n\r\n" + request.target;
}

}  // namespace

FarEnd::FarEnd(std::chrono::milliseconds patience) : patience_(patience) {
  listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
  if (listener_ < 0 || ::pipe(wake_) != 0) fail("no socket for the check of a transport");
  for (const int descriptor : {listener_, wake_[0], wake_[1]}) close_on_exec(descriptor);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const plain = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, plain, size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, plain, &size) != 0) {
    fail("no port for the check of a transport");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

FarEnd::~FarEnd() {
  ::close(wake_[1]);
  thread_.join();
  for (const Held& held : held_) ::close(held.socket);
  ::close(listener_);
  ::close(wake_[0]);
}

std::string FarEnd::url(std::string_view target) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(target);
}

void FarEnd::next(std::string bytes) {
  const std::scoped_lock lock(mutex_);
  replies_.push_back({.bytes = std::move(bytes)});
}

void FarEnd::hold_next() {
  const std::scoped_lock lock(mutex_);
  replies_.push_back({.bytes = {}, .is_held = true});
}

void FarEnd::reset() {
  const std::scoped_lock lock(mutex_);
  replies_.clear();
  received_.clear();
}

std::vector<ReceivedRequest> FarEnd::received() const {
  const std::scoped_lock lock(mutex_);
  return received_;
}

void FarEnd::serve() {
  for (;;) {
    std::array<pollfd, 2> waited{{{.fd = listener_, .events = POLLIN, .revents = 0},
                                  {.fd = wake_[0], .events = POLLIN, .revents = 0}}};
    ::poll(waited.data(), waited.size(), 100);
    if (waited[1].revents != 0) return;
    close_overdue(steady_clock::now());
    if (waited[0].revents == 0) continue;
    const int socket = ::accept(listener_, nullptr, nullptr);
    if (socket < 0) continue;
    close_on_exec(socket);
    respond(socket);
  }
}

void FarEnd::respond(int socket) {
  auto request = read_request(socket);
  if (!request) {
    ::close(socket);
    return;
  }
  Reply reply{.bytes = usual_response(*request)};
  {
    const std::scoped_lock lock(mutex_);
    received_.push_back(std::move(*request));
    if (!replies_.empty()) {
      reply = std::move(replies_.front());
      replies_.pop_front();
    }
  }
  if (reply.is_held) {
    held_.push_back({socket, steady_clock::now() + patience_});
    return;
  }
  send_all(socket, reply.bytes);
  ::close(socket);
}

void FarEnd::close_overdue(steady_clock::time_point now) {
  std::erase_if(held_, [now](const Held& held) {
    if (held.until > now) return false;
    ::close(held.socket);
    return true;
  });
}

}  // namespace segment::inline SEGMENT_ABI::testing::detail
