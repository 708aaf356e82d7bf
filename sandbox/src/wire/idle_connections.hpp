#pragma once

#include <sys/socket.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// The connections that wait for a request, the longest waiting one first: it is closed if there is
/// no room for another. Every member may be called from any thread.
class IdleConnections {
 public:
  void enter(int socket) {
    {
      const std::scoped_lock lock(mutex_);
      waiting_.push_back(socket);
    }
    one_waits_.notify_one();
  }

  /// False if the connection has been closed meanwhile.
  [[nodiscard]] bool leave(int socket) {
    const std::scoped_lock lock(mutex_);
    return std::erase(waiting_, socket) > 0;
  }

  /// Wakes the thread of the connection that has waited longest; false if none waits, and none
  /// starts to wait within this time. After a response a connection is not here at once.
  [[nodiscard]] bool end_oldest(std::chrono::milliseconds at_most) {
    std::unique_lock lock(mutex_);
    if (!one_waits_.wait_for(lock, at_most, [this] { return !waiting_.empty(); })) return false;
    ::shutdown(waiting_.front(), SHUT_RDWR);
    waiting_.pop_front();
    return true;
  }

 private:
  std::mutex mutex_;
  std::condition_variable one_waits_;
  std::deque<int> waiting_;  // none of them is closed while it is here
};

}  // namespace segment::inline SEGMENT_ABI::sandbox
