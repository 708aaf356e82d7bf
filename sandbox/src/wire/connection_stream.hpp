#pragma once

#include <httplib.h>

#include <array>
#include <chrono>
#include <string>

#include "segment/sandbox/fault.hpp"

namespace segment::sandbox {

/// The server's end of one connection. What is written to it is held back until the whole answer is
/// there: so that an answer goes in one piece, and can be cut short or not sent at all.
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

  /// Waits for the first byte of a request; false where none came in this time, or none will.
  [[nodiscard]] bool wait_for_request(std::chrono::milliseconds time);

  /// How the answer that is being written is to end.
  void end_with(Fault::Ending ending) noexcept { ending_ = ending; }

  /// Sends what was written, as far as its ending lets it; false where the connection is then over.
  [[nodiscard]] bool finish_answer();

 private:
  [[nodiscard]] bool wait(short events, std::chrono::milliseconds time) const;
  [[nodiscard]] bool send(std::string_view bytes);
  void reset_on_close() const;

  int socket_;
  int stop_signal_;
  std::array<char, 16384> unread_{};
  std::size_t unread_from_ = 0;
  std::size_t unread_to_ = 0;
  std::string unsent_{};
  Fault::Ending ending_ = Fault::Ending::whole;
};

}  // namespace segment::sandbox
