#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// Whoever uses the server also wants what it can be told to do.
#include "answers.hpp"
#include "connection.hpp"
#include "dead_ports.hpp"
#include "gate.hpp"
#include "misbehaviour.hpp"

namespace segment::test {

/// An HTTP/1.1 server on 127.0.0.1 that does what a test tells it, over real sockets.
///
/// Each request takes the next step of the script; when none is left, the step set by `always`,
/// which at first answers 200 with an empty body. Connections are kept alive, unless a step ends
/// one, and are served at the same time. The destructor ends everything at once.
class LoopbackServer {
 public:
  LoopbackServer();
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  LoopbackServer& next(Step step);
  LoopbackServer& always(Step step);
  /// Done on each new connection before anything has come on it.
  LoopbackServer& when_connected(Step step);

  [[nodiscard]] std::uint16_t port() const;
  /// `http://127.0.0.1:PORT` and the path.
  [[nodiscard]] std::string url(std::string_view path = "/") const;

  /// The whole requests so far, in the order in which they ended.
  [[nodiscard]] std::vector<Received> requests() const;
  /// How often this text occurs in all bytes that came, on whatever connection, whole request or
  /// not.
  [[nodiscard]] int times_received(std::string_view text) const;
  /// How many connections were accepted.
  [[nodiscard]] int connections() const;

  /// Waits until this many whole requests, or ended connections, were seen. False: they were not.
  [[nodiscard]] bool wait_for_requests(std::size_t count) const;
  [[nodiscard]] bool wait_for_ended_connections(int count) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace segment::test
