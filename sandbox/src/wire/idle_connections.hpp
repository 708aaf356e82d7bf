#pragma once

#include <sys/socket.h>

#include <deque>
#include <mutex>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// The connections that wait for a request, the one that has waited longest first: it is the one to
/// end where there is no room for another. Every member may be called from any thread.
class IdleConnections {
 public:
  void enter(int socket) {
    const std::scoped_lock lock(mutex_);
    waiting_.push_back(socket);
  }

  /// False where the connection has been ended meanwhile.
  [[nodiscard]] bool leave(int socket) {
    const std::scoped_lock lock(mutex_);
    return std::erase(waiting_, socket) > 0;
  }

  /// Wakes the thread of the connection that has waited longest; false where none waits.
  [[nodiscard]] bool end_oldest() {
    const std::scoped_lock lock(mutex_);
    if (waiting_.empty()) return false;
    ::shutdown(waiting_.front(), SHUT_RDWR);
    waiting_.pop_front();
    return true;
  }

 private:
  std::mutex mutex_;
  std::deque<int> waiting_;  // none of them is closed while it stands here
};

}  // namespace segment::inline SEGMENT_ABI::sandbox
