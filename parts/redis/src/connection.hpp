#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "channel.hpp"

namespace segment::inline SEGMENT_ABI::redis {

/// The reply of Redis to a command.
struct Reply {
  bool is_error = false;
  std::int64_t integer = 0;
  std::string text{};
  std::vector<Reply> elements{};
};

/// A connection to Redis, with its protocol.
///
/// Copying: not copyable. Cost: a descriptor and a reader. Thread safety: none.
class Connection {
 public:
  /// Connects and authenticates.
  ///
  /// \throws StoreError
  explicit Connection(const RateLimiterOptions& options);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Sends a command and waits for the reply, which may be an error.
  ///
  /// \throws StoreError; the connection cannot be used after that.
  [[nodiscard]] Reply command(const std::vector<std::string>& words, Deadline deadline);

 private:
  void expect_success(const std::vector<std::string>& words, const char* what, Deadline deadline);

  struct Reader;
  std::unique_ptr<Channel> channel_;
  std::unique_ptr<Reader> reader_;
};

}  // namespace segment::inline SEGMENT_ABI::redis
