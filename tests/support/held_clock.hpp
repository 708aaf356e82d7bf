#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

#include "patience.hpp"
#include "segment/clock.hpp"

namespace segment::test {

/// A clock that stands still. A wait on it lasts until the test releases it, or until it is
/// stopped.
class HeldClock final : public Clock {
 public:
  [[nodiscard]] std::chrono::steady_clock::time_point now() const override {
    return std::chrono::steady_clock::time_point(std::chrono::hours(1));
  }
  [[nodiscard]] std::chrono::system_clock::time_point system_now() const override { return {}; }

  bool wait_until(std::chrono::steady_clock::time_point, const std::stop_token& stop) override {
    std::unique_lock lock(mutex_);
    ++waits_;
    changed_.notify_all();
    return changed_.wait(lock, stop, [&] { return let_go_; });
  }

  /// Blocks until this many waits have started. Returns false if they did not.
  [[nodiscard]] bool has_begun(int waits) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return waits_ >= waits; });
  }

  /// Ends the current waits, and any later ones.
  void let_go() {
    const std::scoped_lock lock(mutex_);
    let_go_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_{};
  std::condition_variable_any changed_{};
  int waits_ = 0;
  bool let_go_ = false;
};

}  // namespace segment::test
