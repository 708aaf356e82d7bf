#include "loopback_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <deque>
#include <list>
#include <stdexcept>
#include <thread>
#include <utility>

namespace segment::test {
namespace {

constexpr std::chrono::seconds patience{10};
constexpr std::string_view end_of_head = "\r\n\r\n";

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int bound_socket() {
  const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(0);  // Any free port.
  if (made < 0 || ::bind(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("no loopback socket");
  }
  return made;
}

std::uint16_t port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

std::string url_of(std::uint16_t port, std::string_view path) {
  return "http://127.0.0.1:" + std::to_string(port) + std::string(path);
}

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
  const std::string* length = headers.find("Content-Length");
  return length == nullptr ? 0 : std::stoul(*length);
}

std::string head_of(int status, const http::Headers& headers) {
  std::string head = "HTTP/1.1 " + std::to_string(status) + " Scripted\r\n";
  for (const http::Header& field : headers) head += field.name + ": " + field.value + "\r\n";
  return head;
}

}  // namespace

// --- Connection ----------------------------------------------------------------------------------

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
  // Asks only for the client's going away: bytes that it has sent do not end the wait.
  return !wait_for(POLLRDHUP, static_cast<int>(time.count())) && !stop_.stop_requested();
}

void Connection::wait_until_client_leaves() {
  while (read_some()) unread_.clear();
}

void Connection::close() {
  if (is_open()) ::close(std::exchange(socket_, -1));
}

void Connection::reset() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  if (is_open()) ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close();
}

// --- Gate ----------------------------------------------------------------------------------------

void Gate::open() {
  const std::scoped_lock lock(mutex_);
  is_open_ = true;
  opened_.notify_all();
}

void Gate::wait(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  opened_.wait(lock, stop, [this] { return is_open_; });
}

// --- LoopbackServer ------------------------------------------------------------------------------

struct LoopbackServer::State {
  void accept_until_stopped();
  void serve(int socket, int number);
  Step take_step();

  int listening = -1;
  std::array<int, 2> stop_pipe{-1, -1};  // Readable when the server is to stop.
  std::stop_source stop;
  mutable std::mutex mutex;
  mutable std::condition_variable changed;
  std::deque<Step> script;
  Step otherwise = answer();
  std::vector<Received> requests;
  std::vector<std::string> bytes;  // Of each connection.
  int ended = 0;
  std::list<std::jthread> connections;  // Only the accepting thread touches it.
  std::jthread accepting;               // Last, so that it is joined first.
};

Step LoopbackServer::State::take_step() {
  const std::scoped_lock lock(mutex);
  if (script.empty()) return otherwise;
  Step step = std::move(script.front());
  script.pop_front();
  return step;
}

void LoopbackServer::State::serve(int socket, int number) {
  Connection connection(socket, number, stop_pipe[0], stop.get_token());
  connection.record_bytes_ = [this, number](std::string_view read) {
    const std::scoped_lock lock(mutex);
    bytes[static_cast<std::size_t>(number) - 1] += read;
  };
  connection.record_request_ = [this](Received request) {
    const std::scoped_lock lock(mutex);
    requests.push_back(std::move(request));
    changed.notify_all();
  };
  while (connection.is_open() && connection.wait_for_bytes()) {
    connection.request_.reset();
    take_step()(connection);
  }
  connection.close();
  const std::scoped_lock lock(mutex);
  ++ended;
  changed.notify_all();
}

void LoopbackServer::State::accept_until_stopped() {
  while (true) {
    std::array<pollfd, 2> waiting{{{listening, POLLIN, 0}, {stop_pipe[0], POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) return;
    if (waiting[1].revents != 0) return;
    const int socket = ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    int number = 0;
    {
      const std::scoped_lock lock(mutex);
      bytes.emplace_back();
      number = static_cast<int>(bytes.size());
    }
    connections.emplace_back([this, socket, number] { serve(socket, number); });
  }
}

LoopbackServer::LoopbackServer() : state_(std::make_unique<State>()) {
  state_->listening = bound_socket();
  if (::listen(state_->listening, SOMAXCONN) != 0 || ::pipe(state_->stop_pipe.data()) != 0) {
    throw std::runtime_error("no loopback server");
  }
  state_->accepting = std::jthread([state = state_.get()] { state->accept_until_stopped(); });
}

LoopbackServer::~LoopbackServer() {
  state_->stop.request_stop();
  ::close(state_->stop_pipe[1]);  // Every poll on the other end now returns.
  state_->accepting.join();
  state_->connections.clear();
  ::close(state_->stop_pipe[0]);
  ::close(state_->listening);
}

LoopbackServer& LoopbackServer::next(Step step) {
  const std::scoped_lock lock(state_->mutex);
  state_->script.push_back(std::move(step));
  return *this;
}

LoopbackServer& LoopbackServer::always(Step step) {
  const std::scoped_lock lock(state_->mutex);
  state_->otherwise = std::move(step);
  return *this;
}

std::uint16_t LoopbackServer::port() const { return port_of(state_->listening); }

std::string LoopbackServer::url(std::string_view path) const { return url_of(port(), path); }

std::vector<Received> LoopbackServer::requests() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->requests;
}

int LoopbackServer::times_received(std::string_view text) const {
  const std::scoped_lock lock(state_->mutex);
  int times = 0;
  for (const std::string& all : state_->bytes) {
    for (std::size_t at = all.find(text); at != std::string::npos; at = all.find(text, at + 1)) {
      ++times;
    }
  }
  return times;
}

int LoopbackServer::connections() const {
  const std::scoped_lock lock(state_->mutex);
  return static_cast<int>(state_->bytes.size());
}

bool LoopbackServer::wait_for_requests(std::size_t count) const {
  std::unique_lock lock(state_->mutex);
  return state_->changed.wait_for(lock, patience, [&] { return state_->requests.size() >= count; });
}

bool LoopbackServer::wait_for_ended_connections(int count) const {
  std::unique_lock lock(state_->mutex);
  return state_->changed.wait_for(lock, patience, [&] { return state_->ended >= count; });
}

// --- RefusingPort --------------------------------------------------------------------------------

// Bound, so that nobody else gets the port, but not listening.
RefusingPort::RefusingPort() : socket_(bound_socket()) {}

RefusingPort::~RefusingPort() { ::close(socket_); }

std::string RefusingPort::url(std::string_view path) const {
  return url_of(port_of(socket_), path);
}

// --- Steps ---------------------------------------------------------------------------------------

Step answer(int status, std::string body, http::Headers headers) {
  if (status != 204) headers.set("Content-Length", std::to_string(body.size()));
  return [bytes = head_of(status, headers) + "\r\n" + body](Connection& connection) {
    if (!connection.read_request() || !connection.write(bytes)) connection.close();
  };
}

Step answer_in_chunks(std::vector<std::string> chunks) {
  return [chunks = std::move(chunks)](Connection& connection) {
    connection.read_request();
    connection.write(head_of(200, {{"Transfer-Encoding", "chunked"}}) + "\r\n");
    for (const std::string& chunk : chunks) {
      std::array<char, 16> size{};
      std::snprintf(size.data(), size.size(), "%zx\r\n", chunk.size());
      connection.write(std::string(size.data()) + chunk + "\r\n");
    }
    connection.write("0\r\n\r\n");
  };
}

Step depending_on_request(std::function<Step(const Received&)> rule) {
  return [rule = std::move(rule)](Connection& connection) {
    const Received* request = connection.read_request();
    if (request == nullptr) return connection.close();
    rule (*request)(connection);
  };
}

Step after(Gate& gate, Step step) {
  return [&gate, step = std::move(step)](Connection& connection) {
    connection.read_request();
    gate.wait(connection.stop());
    step(connection);
  };
}

Step raw_answer(std::string bytes) {
  return [bytes = std::move(bytes)](Connection& connection) {
    connection.read_request();
    connection.write(bytes);
    connection.close();
  };
}

Step answer_then_close(int status, std::string body) {
  return [step = answer(status, std::move(body))](Connection& connection) {
    step(connection);
    connection.close();
  };
}

Step answer_before_the_body(int status) {
  return [status](Connection& connection) {
    connection.read_head();
    connection.write(head_of(status, {{"Content-Length", "0"}, {"Connection", "close"}}) + "\r\n");
    connection.wait_until_client_leaves();
    connection.close();
  };
}

Step close_without_answer() { return raw_answer(""); }

Step reset_without_answer() {
  return [](Connection& connection) {
    connection.read_request();
    connection.reset();
  };
}

Step reset_before_reading() {
  return [](Connection& connection) { connection.reset(); };
}

Step reset_within_the_body() {
  return [](Connection& connection) {
    connection.read_head();
    connection.reset();
  };
}

Step half_header() { return raw_answer("HTTP/1.1 200 OK\r\nContent-Le"); }

Step cut_body(std::string body, std::size_t promised) {
  return raw_answer(head_of(200, {{"Content-Length", std::to_string(promised)}}) + "\r\n" + body);
}

Step slow_drip(std::string body, std::chrono::milliseconds between) {
  return [body = std::move(body), between](Connection& connection) {
    connection.read_request();
    connection.write(head_of(200, {{"Content-Length", std::to_string(body.size())}}) + "\r\n");
    for (const char& byte : body) {
      if (!connection.pause(between) || !connection.write({&byte, 1})) return connection.close();
    }
  };
}

Step silence() {
  return [](Connection& connection) {
    connection.read_request();
    connection.wait_until_client_leaves();
    connection.close();
  };
}

Step endless_body() {
  return [](Connection& connection) {
    connection.read_request();
    const std::string piece(8192, 'x');
    bool going = connection.write(head_of(200, {}) + "\r\n");
    while (going) going = connection.write(piece);
    connection.close();
  };
}

Step endless_headers() {
  return [](Connection& connection) {
    connection.read_request();
    const std::string line = "X-Padding: " + std::string(1024, 'x') + "\r\n";
    bool going = connection.write(head_of(200, {}));
    while (going) going = connection.write(line);
    connection.close();
  };
}

}  // namespace segment::test
