#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "channel.hpp"

namespace segment::inline SEGMENT_ABI::redis {

/// What Redis answers a command with.
struct Reply {
  bool is_error = false;
  std::int64_t integer = 0;
  std::string text{};
  std::vector<Reply> elements{};
};

/// A connection on which Redis is spoken.
///
/// Copying: not copyable. Cost: a descriptor and a reader. Thread safety: none.
class Connection {
 public:
  /// Connects, and says who it is.
  ///
  /// \throws StoreError
  explicit Connection(const RateLimiterOptions& options);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Sends a command and waits for the reply, which may be an error.
  ///
  /// \throws StoreError: then the connection is of no more use.
  [[nodiscard]] Reply command(const std::vector<std::string>& words, Deadline deadline);

 private:
  void expect_success(const std::vector<std::string>& words, const char* what, Deadline deadline);

  struct Reader;
  std::unique_ptr<Channel> channel_;
  std::unique_ptr<Reader> reader_;
};

}  // namespace segment::inline SEGMENT_ABI::redis
