#include "segment/detail/task_state.hpp"

#include <stdexcept>
#include <utility>

#include "segment/detail/shared.hpp"
#include "threads/library_thread.hpp"

namespace segment::inline SEGMENT_ABI::detail {

void throw_used_up(const char* what) { throw std::logic_error(what); }

TaskState::~TaskState() {
  if (destroy_ != nullptr) destroy_(value_);
}

void TaskState::succeed(void* value, Destroy destroy) noexcept {
  value_ = value;
  destroy_ = destroy;
  land();
}

void TaskState::fail(std::exception_ptr error) noexcept {
  error_ = std::move(error);
  land();
}

void TaskState::land() noexcept {
  const Stage before = stage_.exchange(Stage::done, std::memory_order_acq_rel);
  stage_.notify_all();
  // Taken out: it may hold the last hold on this, or what waits for this to go.
  if (before == Stage::awaited) std::exchange(go_on_, {})();
}

void TaskState::throw_if_claimed() const {
  if (is_claimed_) throw_used_up("the result of this task was taken before");
}

void TaskState::claim() {
  throw_if_claimed();
  is_claimed_ = true;
}

bool TaskState::await(std::function<void()> go_on) {
  if (is_done()) return false;
  go_on_ = std::move(go_on);
  Stage expected = Stage::pending;
  if (stage_.compare_exchange_strong(expected, Stage::awaited, std::memory_order_acq_rel)) {
    return true;
  }
  go_on_ = {};
  return false;
}

void TaskState::wait() const {
  throw_if_claimed();
  if (is_done()) return;
  if (is_carrying_calls()) {
    throw std::logic_error(
        "a task was waited for on a thread that carries calls, which would never bring its result");
  }
  for (Stage stage = stage_.load(std::memory_order_acquire); stage != Stage::done;
       stage = stage_.load(std::memory_order_acquire)) {
    stage_.wait(stage, std::memory_order_acquire);
  }
}

void* TaskState::value() const {
  if (error_) std::rethrow_exception(error_);
  return value_;
}

}  // namespace segment::inline SEGMENT_ABI::detail
