#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::redis {

/// Says why Redis cannot be used.
class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

using Deadline = std::chrono::steady_clock::time_point;  // of the machine's own clock

/// A connected stream socket on which every operation has a deadline.
///
/// Copying: moves only. Cost: a descriptor, closed on exec. Thread safety: none.
class Socket {
 public:
  /// \throws StoreError
  [[nodiscard]] static Socket connect(const std::string& host, std::uint16_t port,
                                      Deadline deadline);
  [[nodiscard]] static Socket connect(const std::string& path, Deadline deadline);

  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~Socket();

  /// Sends all of it. \throws StoreError
  void send(std::string_view bytes, Deadline deadline);

  /// Receives at least one byte. \throws StoreError, also if the server closed the connection.
  [[nodiscard]] std::size_t receive(char* buffer, std::size_t size, Deadline deadline);

 private:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  [[nodiscard]] static Socket connect(int family, const void* address, std::size_t size,
                                      Deadline deadline);
  void wait(short events, Deadline deadline) const;

  int descriptor_ = -1;
};

}  // namespace segment::inline SEGMENT_ABI::redis
