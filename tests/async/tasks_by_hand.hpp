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

/// A task that is done.
template <class T>
Task<T> done_task(T value) {
  auto state = std::make_shared<detail::TaskState>();
  state->succeed(new T(std::move(value)), &detail::destroy_value<T>);
  return Task<T>(state);
}

/// What a task ended with. Throws where it is still under way: nothing here would ever end it.
template <class AnyTask>
auto end_of(AnyTask&& task) {
  if (!task.is_done()) throw std::logic_error("the task is still under way");
  return task.get();
}

/// Tasks that a test ends one by one. Each is begun for a number, and ends with ten times it, or
/// with a std::runtime_error that has it as text. For one thread.
class TasksByHand {
 public:
  Task<int> begin(int item) {
    begun_.push_back(item);
    most_ = std::max(most_, under_way_.size() + 1);
    return Task<int>(under_way_[item] = std::make_shared<detail::TaskState>());
  }

  void succeed(int item) { take(item)->succeed(new int(item * 10), &detail::destroy_value<int>); }
  void fail(int item) {
    take(item)->fail(std::make_exception_ptr(std::runtime_error(std::to_string(item))));
  }

  /// What was begun, in its order.
  [[nodiscard]] const std::vector<int>& begun() const { return begun_; }
  [[nodiscard]] std::size_t under_way() const { return under_way_.size(); }
  /// How many were under way at most.
  [[nodiscard]] std::size_t most() const { return most_; }

 private:
  std::shared_ptr<detail::TaskState> take(int item) {
    auto state = under_way_.at(item);
    under_way_.erase(item);
    return state;
  }

  std::map<int, std::shared_ptr<detail::TaskState>> under_way_{};
  std::vector<int> begun_{};
  std::size_t most_ = 0;
};

}  // namespace segment::test
