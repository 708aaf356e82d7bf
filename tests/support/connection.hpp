#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "segment/http/header.hpp"

namespace segment::test {

/// One complete request as it came over the wire.
struct Received {
  /// The connection it came on: 1 for the first that the server accepted.
  int connection = 0;
  std::string method{};
  /// Path and query, byte for byte.
  std::string target{};
  http::Headers headers{};
  std::string body{};
  /// All of it, before it was parsed.
  std::string text{};
};

/// The server's end of one connection: what a step works with. Every member gives up, and reports
/// that, when the client has disconnected or the server is stopping.
class Connection {
 public:
  Connection(int socket, int number, int stop_signal, std::stop_token stop)
      : socket_(socket), number_(number), stop_signal_(stop_signal), stop_(std::move(stop)) {}
  ~Connection() { close(); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// The request of this step, read to its end; null if the client disconnected before that.
  const Received* read_request();
  /// Reads up to the empty line after the headers, and whatever has arrived with it.
  bool read_head();
  /// Waits until bytes have arrived from the client, and leaves them unread.
  bool wait_for_bytes();
  /// Sends these bytes.
  bool write(std::string_view bytes);
  /// Waits this long, or until the client disconnects.
  bool pause(std::chrono::milliseconds time);
  /// Waits until the client disconnects, and discards what it still sends.
  void wait_until_client_leaves();
  /// Signals that no more will come (a FIN), and leaves the other direction open.
  void finish();
  /// Ends the connection in an orderly way (a FIN), or with a reset if bytes are left unread.
  void close();
  /// Ends the connection with a reset.
  void reset();
  /// Stop is requested when the server is stopping.
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
  std::optional<Received> request_{};  // Of the current step.
  std::function<void(std::string_view)> record_bytes_{};
  std::function<void(Received)> record_request_{};
};

/// What the server does when the next request starts to arrive.
using Step = std::function<void(Connection&)>;

}  // namespace segment::test
