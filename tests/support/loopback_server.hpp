#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

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
  /// Sends these bytes.
  bool write(std::string_view bytes);
  /// Waits this long, or until the client goes away.
  bool pause(std::chrono::milliseconds time);
  /// Waits until the client goes away, and swallows what it still sends.
  void wait_until_client_leaves();
  /// Ends the connection in an orderly way (a FIN), or with a reset where bytes are left unread.
  void close();
  /// Ends the connection with a reset.
  void reset();
  /// Asked for when the server is to stop.
  [[nodiscard]] const std::stop_token& stop() const { return stop_; }

 private:
  friend class LoopbackServer;

  bool wait_for(short events, int milliseconds);
  bool wait_for_bytes();
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

/// Holds a step back until the test opens it. Declare it before the server.
class Gate {
 public:
  void open();
  void wait(const std::stop_token& stop);

 private:
  std::mutex mutex_;
  std::condition_variable_any opened_;
  bool is_open_ = false;
};

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

  /// Waits until this many whole requests, or ended connections, were seen. False: not within 10 s.
  [[nodiscard]] bool wait_for_requests(std::size_t count) const;
  [[nodiscard]] bool wait_for_ended_connections(int count) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A port of 127.0.0.1 that refuses connections for as long as this lives.
class RefusingPort {
 public:
  RefusingPort();
  ~RefusingPort();
  RefusingPort(const RefusingPort&) = delete;
  RefusingPort& operator=(const RefusingPort&) = delete;
  [[nodiscard]] std::string url(std::string_view path = "/") const;

 private:
  int socket_ = -1;
};

// --- Good behaviour ------------------------------------------------------------------------------

/// Reads the request and answers with a Content-Length, on a connection that stays.
[[nodiscard]] Step answer(int status = 200, std::string body = "", http::Headers headers = {});
/// Reads the request and answers in chunks.
[[nodiscard]] Step answer_in_chunks(std::vector<std::string> chunks);
/// Reads the request and does what the rule makes of it.
[[nodiscard]] Step depending_on_request(std::function<Step(const Received&)> rule);
/// Does the step when the gate opens. The request is read before, so that the test can see it.
[[nodiscard]] Step after(Gate& gate, Step step);

// --- Misbehaviour --------------------------------------------------------------------------------

/// Reads the request, answers with exactly these bytes, and closes.
[[nodiscard]] Step raw_answer(std::string bytes);
/// Answers as it should, then closes the connection without having said so.
[[nodiscard]] Step answer_then_close(int status = 200, std::string body = "");
/// Answers when it has seen the headers, then swallows the body.
[[nodiscard]] Step answer_before_the_body(int status);
/// Reads the request and closes.
[[nodiscard]] Step close_without_answer();
/// Reads the request and resets the connection.
[[nodiscard]] Step reset_without_answer();
/// Resets the connection when the first byte of a request has come, before reading any.
[[nodiscard]] Step reset_before_reading();
/// Reads no more than the headers, then resets the connection.
[[nodiscard]] Step reset_within_the_body();
/// Sends the beginning of the answer's headers, then closes.
[[nodiscard]] Step half_header();
/// Promises more bytes than it sends, then closes.
[[nodiscard]] Step cut_body(std::string body, std::size_t promised);
/// Sends the head, then one byte of the body at a time.
[[nodiscard]] Step slow_drip(std::string body, std::chrono::milliseconds between);
/// Reads the request and never answers.
[[nodiscard]] Step silence();
/// Answers with a body, or headers, that do not end.
[[nodiscard]] Step endless_body();
[[nodiscard]] Step endless_headers();

}  // namespace segment::test
