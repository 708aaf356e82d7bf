#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// Whoever uses the server also needs what it can be told to do.
#include "connection.hpp"
#include "dead_ports.hpp"
#include "gate.hpp"
#include "misbehaviour.hpp"
#include "responses.hpp"

namespace segment::test {

/// An HTTP/1.1 server on 127.0.0.1 that does what a test tells it, over real sockets.
///
/// Each request takes the next step of the script; if none is left, the step set with `always`,
/// which by default responds 200 with an empty body. Connections are kept alive, unless a step ends
/// one, and are served concurrently. The destructor ends everything at once.
class LoopbackServer {
 public:
  LoopbackServer();
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  LoopbackServer& next(Step step);
  LoopbackServer& always(Step step);
  /// Done on each new connection before anything has arrived on it.
  LoopbackServer& when_connected(Step step);

  [[nodiscard]] std::uint16_t port() const;
  /// `http://127.0.0.1:PORT` and the path.
  [[nodiscard]] std::string url(std::string_view path = "/") const;

  /// The complete requests so far, in the order in which they ended.
  [[nodiscard]] std::vector<Received> requests() const;
  /// How often this text occurs in all bytes that were received, on any connection, whether or not
  /// the request was complete.
  [[nodiscard]] int times_received(std::string_view text) const;
  /// How many connections were accepted.
  [[nodiscard]] int connections() const;

  /// Waits until this many complete requests, or ended connections, were seen. Returns false if
  /// they were not.
  [[nodiscard]] bool wait_for_requests(std::size_t count) const;
  [[nodiscard]] bool wait_for_ended_connections(int count) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace segment::test
