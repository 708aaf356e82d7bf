#include "segment/testing/manual_clock.hpp"

#include <algorithm>
#include <mutex>

namespace segment::inline SEGMENT_ABI::testing {

struct ManualClock::State {
  mutable std::mutex mutex;
  // Not the epoch, which code under test may take for "no time at all".
  std::chrono::steady_clock::time_point now{std::chrono::hours{1}};
  std::chrono::system_clock::time_point system_now{};
  std::vector<std::chrono::milliseconds> waits{};

  void wait_until(std::chrono::steady_clock::time_point until) {
    const auto wait = std::max(until - now, std::chrono::steady_clock::duration::zero());
    waits.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(wait));
    advance(wait);
  }

  void advance(std::chrono::nanoseconds by) {
    now += std::chrono::duration_cast<std::chrono::steady_clock::duration>(by);
    system_now += std::chrono::duration_cast<std::chrono::system_clock::duration>(by);
  }
};

ManualClock::ManualClock(std::chrono::system_clock::time_point system_start)
    : state_(std::make_unique<State>()) {
  state_->system_now = system_start;
}

ManualClock::~ManualClock() = default;

std::chrono::steady_clock::time_point ManualClock::now() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->now;
}

std::chrono::system_clock::time_point ManualClock::system_now() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->system_now;
}

bool ManualClock::wait_until(std::chrono::steady_clock::time_point until,
                             const std::stop_token& stop) {
  if (stop.stop_requested()) return false;
  const std::scoped_lock lock(state_->mutex);
  state_->wait_until(until);
  return true;
}

std::chrono::steady_clock::duration ManualClock::longest_sleep(
    std::chrono::steady_clock::time_point until) {
  const std::scoped_lock lock(state_->mutex);
  state_->wait_until(until);
  return {};
}

void ManualClock::advance(std::chrono::nanoseconds by) {
  const std::scoped_lock lock(state_->mutex);
  state_->advance(by);
}

std::vector<std::chrono::milliseconds> ManualClock::waits() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->waits;
}

}  // namespace segment::inline SEGMENT_ABI::testing
