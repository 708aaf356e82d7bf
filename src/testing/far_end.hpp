#pragma once

#include <chrono>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "segment/http/header.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

/// A request as received.
struct ReceivedRequest {
  std::string method{};
  std::string target{};
  http::Headers headers{};
  std::string body{};
};

/// A server on the loopback address that checks a transport: it serves one request per connection,
/// and what it sends back is set beforehand. It is not meant for anything else.
///
/// Copying: not copyable. Cost: a thread. Thread safety: all members may be called from any thread.
class FarEnd {
 public:
  /// \param patience how long a request without a response is kept before its connection is closed.
  explicit FarEnd(std::chrono::milliseconds patience);
  ~FarEnd();
  FarEnd(const FarEnd&) = delete;
  FarEnd& operator=(const FarEnd&) = delete;

  [[nodiscard]] std::string url(std::string_view target) const;

  /// Sends these bytes to the next request. Empty: closes its connection. Without any of these
  /// calls, a request gets a 200 with its own target as the body.
  void next(std::string bytes);

  /// Sends nothing to the next request.
  void hold_next();

  /// Forgets what was received and what was to be sent.
  void reset();

  [[nodiscard]] std::vector<ReceivedRequest> received() const;

 private:
  struct Reply {
    std::string bytes;
    bool is_held = false;
  };
  struct Held {
    int socket;
    std::chrono::steady_clock::time_point until;
  };

  void serve();
  void respond(int socket);
  void close_overdue(std::chrono::steady_clock::time_point now);

  const std::chrono::milliseconds patience_;
  int listener_ = -1;
  int port_ = 0;
  int wake_[2] = {-1, -1};
  mutable std::mutex mutex_{};
  std::deque<Reply> replies_{};
  std::vector<ReceivedRequest> received_{};
  std::vector<Held> held_{};  // the thread's own
  std::thread thread_{};
};

}  // namespace segment::inline SEGMENT_ABI::testing::detail
