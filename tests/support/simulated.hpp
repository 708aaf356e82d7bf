#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <utility>

namespace segment::test {

/// Events in their order, on a clock that stands still in between.
class Timeline {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  explicit Timeline(TimePoint start) : now_(start) {}

  [[nodiscard]] TimePoint now() const { return now_; }
  void at(TimePoint time, std::function<void()> action) {
    events_.emplace(time, std::move(action));
  }

  /// Moves on to the next event.
  void next() {
    auto event = events_.extract(events_.begin());
    now_ = event.key();
    event.mapped()();
  }

 private:
  TimePoint now_;
  std::multimap<TimePoint, std::function<void()>> events_{};
};

/// Counts like a server that allows no more requests than its limit in any period, wherever that
/// starts.
class SlidingWindow {
 public:
  using TimePoint = Timeline::TimePoint;

  SlidingWindow(int limit, std::chrono::milliseconds period)
      : limit_(static_cast<std::size_t>(limit)), period_(period) {}

  /// Counts a request, or refuses it.
  bool take(TimePoint now) {
    while (!counted_.empty() && counted_.front() <= now - period_) counted_.pop_front();
    if (counted_.size() >= limit_) return false;
    counted_.push_back(now);
    return true;
  }

  [[nodiscard]] int counted() const { return static_cast<int>(counted_.size()); }
  /// When the oldest counted request is no longer counted.
  [[nodiscard]] TimePoint first_over() const { return counted_.front() + period_; }

 private:
  std::size_t limit_;
  std::chrono::milliseconds period_;
  std::deque<TimePoint> counted_{};
};

}  // namespace segment::test
