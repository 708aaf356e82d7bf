#pragma once

#include <algorithm>
#include <cstddef>
#include <exception>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "segment/task.hpp"

namespace segment::test {

/// A completed task.
template <class T>
Task<T> done_task(T value) {
  auto state = std::make_shared<detail::TaskState>();
  state->succeed(new T(std::move(value)), &detail::destroy_value<T>);
  return Task<T>(state);
}

/// The result of a task. Throws if the task is still pending, because nothing would ever end it.
template <class AnyTask>
auto end_of(AnyTask&& task) {
  if (!task.is_done()) throw std::logic_error("the task is still pending");
  return task.get();
}

/// Tasks that a test ends one by one. Each is started for a number, and ends with ten times that
/// number, or with a std::runtime_error whose text is the number. For one thread.
class TasksByHand {
 public:
  Task<int> begin(int item) {
    started_.push_back(item);
    most_ = std::max(most_, pending_.size() + 1);
    return Task<int>(pending_[item] = std::make_shared<detail::TaskState>());
  }

  void succeed(int item) { take(item)->succeed(new int(item * 10), &detail::destroy_value<int>); }
  void fail(int item) {
    take(item)->fail(std::make_exception_ptr(std::runtime_error(std::to_string(item))));
  }

  /// The started items, in their order.
  [[nodiscard]] const std::vector<int>& started() const { return started_; }
  [[nodiscard]] std::size_t pending() const { return pending_.size(); }
  /// The maximum pending at the same time.
  [[nodiscard]] std::size_t most() const { return most_; }

 private:
  std::shared_ptr<detail::TaskState> take(int item) {
    auto state = pending_.at(item);
    pending_.erase(item);
    return state;
  }

  std::map<int, std::shared_ptr<detail::TaskState>> pending_{};
  std::vector<int> started_{};
  std::size_t most_ = 0;
};

}  // namespace segment::test
