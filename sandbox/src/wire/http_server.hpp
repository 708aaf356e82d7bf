#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "engine/exchange.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// An HTTP/1.1 server on 127.0.0.1 that calls one function for every response. The only place that
/// knows the server library.
class HttpServer {
 public:
  /// Called from many threads at once; must not throw.
  using Answer = std::function<WireReply(WireRequest)>;

  /// Listens and serves until it is destroyed.
  ///
  /// \param port zero: any free one.
  /// \param max_connections how many are served at the same time.
  /// \throws std::runtime_error if the port is not available.
  HttpServer(std::uint16_t port, std::size_t max_connections, Answer answer);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;

 private:
  class Server;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace segment::inline SEGMENT_ABI::sandbox
