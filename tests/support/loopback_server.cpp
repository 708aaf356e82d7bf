#include "loopback_server.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include "patience.hpp"
#include "sockets.hpp"

namespace segment::test {

struct LoopbackServer::State {
  void accept_until_stopped();
  void serve(int socket, int number);
  Step take_step();
  Step copy_of_greeting();

  int listening = -1;
  std::array<int, 2> stop_pipe{-1, -1};  // Readable when the server is stopping.
  std::stop_source stop;
  mutable std::mutex mutex;
  mutable std::condition_variable changed;
  std::deque<Step> script;
  Step otherwise = respond();
  Step greeting = [](Connection&) {};
  std::vector<Received> requests;
  std::vector<std::string> bytes;  // Of each connection.
  int ended = 0;
  std::list<std::jthread> connections;  // Only the accepting thread uses it.
  std::jthread accepting;               // Last, so that it is joined first.
};

Step LoopbackServer::State::take_step() {
  const std::scoped_lock lock(mutex);
  if (script.empty()) return otherwise;
  Step step = std::move(script.front());
  script.pop_front();
  return step;
}

Step LoopbackServer::State::copy_of_greeting() {
  const std::scoped_lock lock(mutex);
  return greeting;
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
  copy_of_greeting()(connection);
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

LoopbackServer& LoopbackServer::when_connected(Step step) {
  const std::scoped_lock lock(state_->mutex);
  state_->greeting = std::move(step);
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

}  // namespace segment::test
