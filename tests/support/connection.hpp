#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "segment/http/header.hpp"

namespace segment::test {

/// One whole request as it came over the wire.
struct Received {
  /// The connection it came on: 1 for the first that the server accepted.
  int connection = 0;
  std::string method{};
  /// Path and query, byte for byte.
  std::string target{};
  http::Headers headers{};
  std::string body{};
  /// All of it, before anything was taken apart.
  std::string text{};
};

/// The server's end of one connection: what a step works with. Every member gives up, and says so,
/// when the client is gone or the server is to stop.
class Connection {
 public:
  Connection(int socket, int number, int stop_signal, std::stop_token stop)
      : socket_(socket), number_(number), stop_signal_(stop_signal), stop_(std::move(stop)) {}
  ~Connection() { close(); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// The request of this step, read to its end; null where the client went away before that.
  const Received* read_request();
  /// Reads up to the empty line after the headers, and what happens to have come with it.
  bool read_head();
  /// Waits until bytes of the client's have come, and leaves them where they are.
  bool wait_for_bytes();
  /// Sends these bytes.
  bool write(std::string_view bytes);
  /// Waits this long, or until the client goes away.
  bool pause(std::chrono::milliseconds time);
  /// Waits until the client goes away, and swallows what it still sends.
  void wait_until_client_leaves();
  /// Says that no more comes (a FIN), and leaves the other direction open.
  void finish();
  /// Ends the connection in an orderly way (a FIN), or with a reset where bytes are left unread.
  void close();
  /// Ends the connection with a reset.
  void reset();
  /// Asked for when the server is to stop.
  [[nodiscard]] const std::stop_token& stop() const { return stop_; }

 private:
  friend class LoopbackServer;

  bool wait_for(short events, int milliseconds);
  bool read_some();
  [[nodiscard]] bool is_open() const { return socket_ >= 0; }

  int socket_;
  int number_;
  int stop_signal_;
  std::stop_token stop_;
  std::string unread_{};               // Read from the socket, not yet by a step.
  std::optional<Received> request_{};  // Of the step under way.
  std::function<void(std::string_view)> record_bytes_{};
  std::function<void(Received)> record_request_{};
};

/// What the server does when the next request begins to arrive.
using Step = std::function<void(Connection&)>;

}  // namespace segment::test
