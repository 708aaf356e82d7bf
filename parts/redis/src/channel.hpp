#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "segment/redis/rate_limiter.hpp"
#include "socket.hpp"

namespace segment::inline SEGMENT_ABI::redis {

/// Carries bytes to Redis and back: a socket, encrypted or not.
///
/// Copying: not copyable. Cost: a descriptor. Thread safety: none.
class Channel {
 public:
  Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  virtual ~Channel() = default;

  /// Sends all of it. \throws StoreError
  virtual void send(std::string_view bytes, Deadline deadline) = 0;
  /// Receives at least one byte. \throws StoreError
  [[nodiscard]] virtual std::size_t receive(char* buffer, std::size_t size, Deadline deadline) = 0;

  /// \throws StoreError
  [[nodiscard]] static std::unique_ptr<Channel> open(const RateLimiterOptions& options,
                                                     Deadline deadline);
};

}  // namespace segment::inline SEGMENT_ABI::redis
