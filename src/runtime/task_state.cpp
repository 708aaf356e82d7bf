#include "segment/detail/task_state.hpp"

#include <cstdio>
#include <stdexcept>
#include <utility>

#include "segment/detail/shared.hpp"
#include "segment/result.hpp"
#include "threads/fork.hpp"
#include "threads/library_thread.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

[[noreturn]] void end_program(const std::exception_ptr& error) noexcept {
  std::fprintf(stderr,
               "segment: an exception left a callback: %s\n"
               "segment: catch it there, or set AsyncOptions::on_unhandled_exception\n",
               message_of(error).c_str());
  std::terminate();
}

}  // namespace

void throw_used_up(const char* what) { throw std::logic_error(what); }

TaskState::TaskState(std::shared_ptr<const ExceptionHandler> on_exception) noexcept
    : process_(process_generation()),
      handler_stage_(on_exception ? HandlerStage::set : HandlerStage::none),
      on_exception_(std::move(on_exception)) {}

TaskState::~TaskState() {
  if (destroy_ != nullptr) destroy_(value_);
}

void TaskState::succeed(void* value, Destroy destroy) noexcept {
  value_ = value;
  destroy_ = destroy;
  complete();
}

void TaskState::fail(std::exception_ptr error) noexcept {
  error_ = std::move(error);
  complete();
}

void TaskState::complete() noexcept {
  const Stage before = stage_.exchange(Stage::done, std::memory_order_acq_rel);
  stage_.notify_all();
  if (before != Stage::awaited) return;
  // Moved out, since it may hold the last reference to this, or what waits for this to be
  // destroyed.
  const auto on_exception = handler();
  const auto resume = std::exchange(resume_, {});
  run(resume, on_exception);
}

void TaskState::throw_if_claimed() const {
  if (is_claimed_) throw_used_up("the result of this task was already taken");
}

void TaskState::claim() {
  throw_if_claimed();
  is_claimed_ = true;
}

// If it is not kept, the caller still has it.
bool TaskState::keep(std::function<void()>& resume) {
  if (is_done()) return false;
  resume_ = std::move(resume);
  Stage expected = Stage::pending;
  if (stage_.compare_exchange_strong(expected, Stage::awaited, std::memory_order_acq_rel)) {
    return true;
  }
  resume = std::exchange(resume_, {});
  return false;
}

bool TaskState::await(std::function<void()> resume) { return keep(resume); }

void TaskState::withdraw() noexcept {
  Stage expected = Stage::awaited;
  if (stage_.compare_exchange_strong(expected, Stage::pending, std::memory_order_acq_rel)) {
    resume_ = {};
  }
}

void TaskState::then(std::function<void()> callback) {
  if (!keep(callback)) run(callback, handler());
}

void TaskState::run(const std::function<void()>& callback,
                    const std::shared_ptr<const ExceptionHandler>& handler) noexcept {
  try {
    callback();
  } catch (...) {
    if (!handler) end_program(std::current_exception());
    (*handler)(std::current_exception());
  }
}

void TaskState::wait() const {
  throw_if_claimed();
  if (is_done()) return;
  require_may_wait("a task was waited for");
  if (process_ != process_generation()) {
    throw std::logic_error(
        "a task was waited for in a forked process, but began before the fork and ends in the "
        "parent; make the call again");
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

std::shared_ptr<const ExceptionHandler> TaskState::handler() const noexcept {
  const bool is_set = handler_stage_.load(std::memory_order_acquire) == HandlerStage::set;
  return is_set ? on_exception_ : nullptr;
}

// The awaiting thread reads it while the task that is awaited may yet adopt one.
void TaskState::inherit_handler(const TaskState& other) noexcept {
  auto inherited = other.handler();
  HandlerStage none = HandlerStage::none;
  if (!inherited || !handler_stage_.compare_exchange_strong(none, HandlerStage::being_set)) return;
  on_exception_ = std::move(inherited);
  handler_stage_.store(HandlerStage::set, std::memory_order_release);
}

}  // namespace segment::inline SEGMENT_ABI::detail
