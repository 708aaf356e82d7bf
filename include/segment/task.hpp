#pragma once

#include <concepts>
#include <coroutine>
#include <exception>
#include <future>
#include <memory>
#include <type_traits>
#include <utility>

#include "segment/detail/shared.hpp"
#include "segment/detail/task_state.hpp"
#include "segment/result.hpp"

namespace segment::inline SEGMENT_ABI {

template <class T>
class Task;

namespace detail {

template <class T>
inline constexpr bool is_task = false;
template <class T>
inline constexpr bool is_task<Task<T>> = true;

template <class T>
struct TaskPromise;

/// Access for the library's own templates.
struct TaskAccess {
  template <class T>
  [[nodiscard]] static const TaskState& state_of(const Task<T>& task) {
    return task.state();
  }
  /// Takes its state, which contains the result.
  template <class T>
  [[nodiscard]] static std::shared_ptr<TaskState> claim(const Task<T>& task) {
    task.state().claim();
    return task.state_;
  }
};

/// The common part of the promises of tasks.
struct PromiseOfTask {
  std::shared_ptr<TaskState> state = std::make_shared<TaskState>();
};

template <class T>
void destroy_value(void* value) noexcept {
  delete static_cast<T*>(value);
}

/// Takes the result of a task that is complete.
template <class T>
T take(const TaskState& state) {
  if constexpr (std::is_void_v<T>) {
    (void)state.value();
  } else {
    return std::move(*static_cast<T*>(state.value()));
  }
}

template <class T>
Result<T> take_result(const TaskState& state) {
  if (state.error()) return state.error();
  if constexpr (std::is_void_v<T>) {
    return {};
  } else {
    return std::move(*static_cast<T*>(state.value()));
  }
}

/// Suspends a coroutine until a task is complete.
template <class T>
class TaskAwaiter {
 public:
  explicit TaskAwaiter(std::shared_ptr<TaskState> state) noexcept : state_(std::move(state)) {}
  TaskAwaiter(TaskAwaiter&&) noexcept = default;
  TaskAwaiter& operator=(TaskAwaiter&&) = delete;
  // Another library's coroutine may be destroyed while it is suspended.
  ~TaskAwaiter() {
    if (state_) state_->withdraw();
  }

  // Always suspends, to see the coroutine's promise: `await` says whether it stays suspended.
  [[nodiscard]] bool await_ready() const noexcept { return false; }
  template <class Promise>
  bool await_suspend(std::coroutine_handle<Promise> coroutine) {
    if constexpr (std::is_base_of_v<PromiseOfTask, Promise>) {
      coroutine.promise().state->inherit_handler(*state_);
    }
    // A copy: the coroutine may end and destroy this before `await` returns.
    const auto state = state_;
    return state->await([coroutine] { coroutine.resume(); });
  }
  T await_resume() { return take<T>(*state_); }

 private:
  std::shared_ptr<TaskState> state_;
};

}  // namespace detail

/// An operation in progress that results in a `T`: an asynchronous call, or a coroutine over such
/// calls. It started when you called the function that returned it.
///
/// Take its result once, in one of four ways:
///
///     segment::AsyncClient async = client.async();
///     segment::SourceDetails awaited = co_await async.sources().get(source_id);
///     std::future<segment::SourceDetails> later = async.sources().get(source_id);
///     async.sources().get(source_id).then([](segment::Result<segment::SourceDetails> result) {
///       std::cout << (result ? result->slug : result.error_message()) << '\n';
///     });
///     segment::SourceDetails blocking = async.sources().get(source_id).get();
///
/// Taking it twice, or using a moved-from task, is a std::logic_error.
///
/// Callbacks run, and coroutines resume, on the executor given to `Client::async`; without one, on
/// the thread that carries the call: the library's own, or the one on which a custom transport
/// completes its requests. It carries other calls too and must not be blocked. An exception that
/// leaves a callback goes to `AsyncOptions::on_unhandled_exception`; without a handler it ends the
/// program.
///
/// A function that returns a Task may itself be a coroutine; it starts immediately. A coroutine of
/// another library may be destroyed while it awaits a task, but only on the thread that would
/// resume it; elsewhere request a stop and let it end.
///
/// Copying: movable. Destroying it drops the result but does not cancel the call: use the stop
/// token of the call options. Cost: two allocations in addition to the call's own. Thread safety:
/// one thread at a time.
template <class T>
class [[nodiscard]] Task {
 public:
  using value_type = T;
  using promise_type = detail::TaskPromise<T>;

  explicit Task(std::shared_ptr<detail::TaskState> state) noexcept : state_(std::move(state)) {}
  Task(Task&&) noexcept = default;
  Task& operator=(Task&&) noexcept = default;
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  ~Task() = default;

  /// Whether the result is available, so that `get` does not block.
  [[nodiscard]] bool is_done() const { return state().is_done(); }

  /// Waits for the result and returns it, or throws the call's error. Throws std::logic_error on a
  /// thread that carries calls, which would wait for itself, and in a forked process for a task of
  /// its parent.
  T get() {
    state().wait();
    state().claim();
    return detail::take<T>(*state_);
  }

  /// Calls a function with the `Result<T>`, immediately if it is available.
  template <class Function>
  void then(Function receive) {
    state().claim();
    // Shared, because a std::function must be copyable.
    auto shared = std::make_shared<Function>(std::move(receive));
    const auto state = state_;
    state->then([shared, state] { (*shared)(detail::take_result<T>(*state)); });
  }

  /// Calls the first function with the value (without arguments for `Task<void>`), or the second
  /// with the error as a std::exception_ptr.
  template <class OnValue, class OnError>
  void then(OnValue on_value, OnError on_error) {
    then(
        [on_value = std::move(on_value), on_error = std::move(on_error)](Result<T> result) mutable {
          if (result.error()) {
            on_error(result.error());
          } else if constexpr (std::is_void_v<T>) {
            on_value();
          } else {
            on_value(std::move(result).value());
          }
        });
  }

  /// The result as a std::future, whose destructor does not block.
  [[nodiscard]] std::future<T> future() {
    auto promise = std::make_shared<std::promise<T>>();
    std::future<T> future = promise->get_future();
    then([promise](Result<T> result) {
      if (result.error()) {
        promise->set_exception(result.error());
      } else if constexpr (std::is_void_v<T>) {
        promise->set_value();
      } else {
        promise->set_value(std::move(result).value());
      }
    });
    return future;
  }
  operator std::future<T>() { return future(); }  // NOLINT(google-explicit-constructor)

  auto operator co_await() const {
    state().claim();
    return detail::TaskAwaiter<T>(state_);
  }

 private:
  friend struct detail::TaskAccess;

  [[nodiscard]] detail::TaskState& state() const {
    if (!state_) detail::throw_used_up("this task was moved from");
    return *state_;
  }

  std::shared_ptr<detail::TaskState> state_;
};

namespace detail {

/// The promise of a coroutine that returns a task.
template <class T>
struct TaskPromiseBase : PromiseOfTask {
  // The coroutine's frame is destroyed first, with all its parameters; then the waiter is resumed.
  struct Ending {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> coroutine) const noexcept {
      TaskPromiseBase& promise = coroutine.promise();
      const auto completion = std::move(promise.state);
      const auto failure = std::move(promise.error);
      void* const result = std::exchange(promise.value, nullptr);
      const TaskState::Destroy destroy_result = promise.destroy;
      coroutine.destroy();
      if (failure) {
        if (result != nullptr) destroy_result(result);
        completion->fail(failure);
      } else {
        completion->succeed(result, destroy_result);
      }
    }
    void await_resume() const noexcept {}
  };

  TaskPromiseBase() = default;
  TaskPromiseBase(const TaskPromiseBase&) = delete;
  TaskPromiseBase& operator=(const TaskPromiseBase&) = delete;
  // Notifies the waiter if the coroutine is destroyed before its end.
  ~TaskPromiseBase() {
    if (value != nullptr) destroy(value);
    if (state) state->fail(std::make_exception_ptr(CancelledError("a coroutine was destroyed")));
  }

  Task<T> get_return_object() { return Task<T>(state); }
  [[nodiscard]] std::suspend_never initial_suspend() const noexcept { return {}; }
  [[nodiscard]] Ending final_suspend() const noexcept { return {}; }
  void unhandled_exception() noexcept { error = std::current_exception(); }

  std::exception_ptr error{};
  void* value = nullptr;
  TaskState::Destroy destroy = nullptr;
};

template <class T>
struct TaskPromise : TaskPromiseBase<T> {
  template <class Value = T>
  requires std::convertible_to<Value, T>
  void return_value(Value&& result) {
    T made = std::forward<Value>(result);
    this->value = new T(std::move(made));
    this->destroy = &destroy_value<T>;
  }
};

template <>
struct TaskPromise<void> : TaskPromiseBase<void> {
  void return_void() const noexcept {}
};

}  // namespace detail

}  // namespace segment::inline SEGMENT_ABI
