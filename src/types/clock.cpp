#include "segment/clock.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace segment::inline SEGMENT_ABI {
namespace {

class SystemClock final : public Clock {
 public:
  [[nodiscard]] std::chrono::steady_clock::time_point now() const override {
    return std::chrono::steady_clock::now();
  }

  [[nodiscard]] std::chrono::system_clock::time_point system_now() const override {
    return std::chrono::system_clock::now();
  }

  bool wait_until(std::chrono::steady_clock::time_point until,
                  const std::stop_token& stop) override {
    // Each wait has its own, since only the time and the stop token end it.
    std::mutex mutex;
    std::condition_variable_any never_notified;
    std::unique_lock lock(mutex);
    never_notified.wait_until(lock, stop, until, [] { return false; });
    return !stop.stop_requested();
  }

  [[nodiscard]] std::chrono::steady_clock::duration longest_sleep(
      std::chrono::steady_clock::time_point until) override {
    return until - now();
  }
};

// Initialised before another thread can fork during the initialisation.
[[maybe_unused]] const std::shared_ptr<Clock> clock_when_loaded = Clock::system();

}  // namespace

std::chrono::steady_clock::duration Clock::longest_sleep(
    std::chrono::steady_clock::time_point until) {
  using Duration = std::chrono::steady_clock::duration;
  return std::min<Duration>(until - now(), std::chrono::milliseconds{10});
}

std::shared_ptr<Clock> Clock::system() {
  static const std::shared_ptr<Clock> shared = std::make_shared<SystemClock>();
  return shared;
}

}  // namespace segment::inline SEGMENT_ABI
