#pragma once

#include <httplib.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <utility>

#include "segment/sandbox/fault.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// How much of one request is read. More is rejected before it is stored.
struct ReadLimits {
  std::size_t line = std::size_t{16} << 10U;   ///< the request line, a header, a chunk's size
  std::size_t head = std::size_t{128} << 10U;  ///< the request line and all headers
  std::size_t body = std::size_t{64} << 20U;   ///< the body, with the sizes of its chunks
};

/// The server's end of one connection. Output is buffered until the whole response is complete, so
/// that a response is sent in one piece, and can be cut short or not sent at all.
class ConnectionStream final : public httplib::Stream {
 public:
  /// \param stop_signal a descriptor that becomes readable when the server is to stop.
  ConnectionStream(int socket, int stop_signal) : socket_(socket), stop_signal_(stop_signal) {}

  bool is_readable() const override;
  bool is_writable() const override { return true; }
  ssize_t read(char* place, size_t size) override;
  ssize_t write(const char* bytes, size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return socket_; }

  /// Waits for the first byte of a request; false if none arrived in this time, or none will.
  [[nodiscard]] bool wait_for_request(std::chrono::milliseconds time);

  /// Resets the state of the previous request: the next one starts.
  void begin_request() noexcept;

  /// How the response that is being written is to end.
  void end_with(Fault::Ending ending) noexcept { ending_ = ending; }

  /// The status for the limit that the request exceeds: 413, 414 or 431. Zero: none.
  [[nodiscard]] int refusal() const noexcept { return refusal_; }

  /// Closes the connection after this response: it is unclear where the next request would start.
  void close_after_answer() noexcept { closes_ = true; }
  [[nodiscard]] bool closes_after_answer() const noexcept { return closes_; }

  /// Replaces what was written so far by a response.
  void answer_instead(std::string answer) noexcept { unsent_ = std::move(answer); }

  /// Sends what was written, as far as its ending allows; false if the connection is then over.
  [[nodiscard]] bool finish_answer();

  /// Closes the sending side and reads on for a moment: a connection that is closed with unread
  /// bytes is reset, and the response is lost.
  void linger();

 private:
  [[nodiscard]] bool receive();
  [[nodiscard]] bool may_take_line_byte(char byte);
  [[nodiscard]] bool may_take_body_bytes(std::size_t count);
  [[nodiscard]] bool wait(short events, std::chrono::milliseconds time) const;
  [[nodiscard]] bool send(std::string_view bytes);
  void reset_on_close() const;

  int socket_;
  int stop_signal_;
  std::array<char, 16384> unread_{};
  std::size_t unread_from_ = 0;
  std::size_t unread_to_ = 0;
  std::string unsent_{};
  ReadLimits limits_{};
  std::size_t line_bytes_ = 0;
  std::size_t head_bytes_ = 0;
  std::size_t body_bytes_ = 0;
  std::size_t lines_ = 0;
  bool head_is_over_ = false;
  int refusal_ = 0;
  bool closes_ = false;
  Fault::Ending ending_ = Fault::Ending::whole;
};

}  // namespace segment::inline SEGMENT_ABI::sandbox
