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

template <class T>
void destroy_value(void* value) noexcept {
  delete static_cast<T*>(value);
}

/// Takes what has landed out of its place.
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

/// Suspends a coroutine until a task has landed.
template <class T>
class TaskAwaiter {
 public:
  explicit TaskAwaiter(std::shared_ptr<TaskState> state) noexcept : state_(std::move(state)) {}

  [[nodiscard]] bool await_ready() const noexcept { return state_->is_done(); }
  bool await_suspend(std::coroutine_handle<> coroutine) {
    // Of its own: the coroutine may be over, and this gone, before `await` returns.
    const auto state = state_;
    return state->await([coroutine] { coroutine.resume(); });
  }
  T await_resume() { return take<T>(*state_); }

 private:
  std::shared_ptr<TaskState> state_;
};

}  // namespace detail

/// Something under way that ends with a `T`: an asynchronous call, or a coroutine over such calls.
/// It began when the function that returned it was called.
///
/// Take its result once, in one of four ways:
///
///     segment::Source source = co_await async.sources().get(id);           // in a coroutine
///     std::future<segment::Source> later = async.sources().get(id);
///     async.sources().get(id).then([](segment::Result<segment::Source> result) { ... });
///     segment::Source source = async.sources().get(id).get();              // waits
///
/// Taking it a second time is a std::logic_error, as is whatever is asked of a task that was moved
/// from.
///
/// A callback, or a coroutine that had to wait, goes on where the executor says that was given to
/// `Client::async`; without one on a thread of the library's own, which carries all other calls too
/// and must not be kept waiting. An exception that leaves a callback ends the program.
///
/// A function that returns a Task may be a coroutine itself; it begins at once.
///
/// Copying: movable. Destroying it drops the result, not what is under way: that is ended by the
/// stop token of its call options. Cost: two allocations beside the call's own. Thread safety: one
/// thread at a time; what is under way is elsewhere.
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

  /// Whether the result is there, so that taking it does not wait.
  [[nodiscard]] bool is_done() const { return state().is_done(); }

  /// Waits for the result. Throws what went wrong; and std::logic_error within a callback or a
  /// coroutine that runs on the library's own thread, which would wait for itself.
  T get() {
    state().wait();
    state().claim();
    return detail::take<T>(*state_);
  }

  /// Has a function called with the `Result<T>`; at once where it is there already.
  template <class Function>
  void then(Function receive) {
    state().claim();
    // Shared, as a std::function asks for what can be copied.
    auto shared = std::make_shared<Function>(std::move(receive));
    const auto state = state_;
    const auto go_on = [shared, state]() noexcept { (*shared)(detail::take_result<T>(*state)); };
    if (!state->await(go_on)) go_on();
  }

  /// The result as a standard future. Destroying that one does not wait.
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
  [[nodiscard]] detail::TaskState& state() const {
    if (!state_) detail::throw_used_up("this task was moved from");
    return *state_;
  }

  std::shared_ptr<detail::TaskState> state_;
};

namespace detail {

/// What a coroutine that returns a task is made with.
template <class T>
struct TaskPromiseBase {
  // The coroutine's frame goes first, with all that its parameters hold; then whoever waits goes
  // on.
  struct Ending {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> coroutine) const noexcept {
      TaskPromiseBase& promise = coroutine.promise();
      const auto landing = std::move(promise.state);
      const auto failure = std::move(promise.error);
      void* const result = std::exchange(promise.value, nullptr);
      const TaskState::Destroy destroy_result = promise.destroy;
      coroutine.destroy();
      if (failure) {
        if (result != nullptr) destroy_result(result);
        landing->fail(failure);
      } else {
        landing->succeed(result, destroy_result);
      }
    }
    void await_resume() const noexcept {}
  };

  TaskPromiseBase() = default;
  TaskPromiseBase(const TaskPromiseBase&) = delete;
  TaskPromiseBase& operator=(const TaskPromiseBase&) = delete;
  // Whoever waits is told where the coroutine is destroyed before its end.
  ~TaskPromiseBase() {
    if (value != nullptr) destroy(value);
    if (state) state->fail(std::make_exception_ptr(CancelledError("a coroutine was destroyed")));
  }

  Task<T> get_return_object() { return Task<T>(state); }
  [[nodiscard]] std::suspend_never initial_suspend() const noexcept { return {}; }
  [[nodiscard]] Ending final_suspend() const noexcept { return {}; }
  void unhandled_exception() noexcept { error = std::current_exception(); }

  std::shared_ptr<TaskState> state = std::make_shared<TaskState>();
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
