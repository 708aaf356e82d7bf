#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "segment/detail/async.hpp"
#include "segment/detail/steps.hpp"
#include "segment/detail/task_state.hpp"
#include "segment/named_task.hpp"
#include "segment/result.hpp"
#include "segment/task.hpp"

namespace segment::inline SEGMENT_ABI::detail {

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
template <class T>
struct FrontOf<NamedTask<T>> : FrontOf<Task<T>> {};
#endif

template <class T, class... Functions>
struct ByFunctions<Async, T, Functions...> {
  using type = std::conditional_t<(wants_name<Functions> || ...), NamedTask<T>, Task<T>>;
};

/// Completes a task with what a function returns or throws.
template <class Function>
void complete_with(TaskState& completion, Function&& function) noexcept {
  using T = std::invoke_result_t<Function>;
  if constexpr (std::is_void_v<T>) {
    const Result<void> made = result_of(function);
    made ? completion.succeed(nullptr, nullptr) : completion.fail(made.error());
  } else {
    const Result<T*> made = result_of([&] { return new T(function()); });
    made ? completion.succeed(*made, &destroy_value<T>) : completion.fail(made.error());
  }
}

/// Runs a machine whose steps are tasks. Not a coroutine: its frame would hold the caller's
/// functions, and g++ would warn about that in every translation unit.
///
/// Copying: not copyable; held by the step in progress. Cost: one allocation, and two per step.
/// Thread safety: one thread at a time, which may be any.
template <class Machine>
class StepsOfTasks : public std::enable_shared_from_this<StepsOfTasks<Machine>> {
 public:
  StepsOfTasks(std::shared_ptr<TaskState> completion, Machine machine)
      : completion_(std::move(completion)), machine_(std::move(machine)) {}

  // Steps that complete immediately loop here instead of recursing.
  void advance() noexcept {
    try {
      while (!machine_->is_done()) {
        const auto step = TaskAccess::claim(machine_->step());
        completion_->inherit_handler(*step);
        if (step->await([self = this->shared_from_this(), step] { self->resume(*step); })) return;
        (void)step->value();
      }
      end({});
    } catch (...) {
      end(std::current_exception());
    }
  }

 private:
  void resume(const TaskState& step) noexcept {
    if (step.error()) return end(step.error());
    advance();
  }

  // Destroys the caller's functions first, and then resumes the waiter.
  void end(const std::exception_ptr& error) noexcept {
    complete_with(*completion_, [&] {
      auto machine = std::exchange(machine_, std::nullopt);
      if (error) std::rethrow_exception(error);
      return machine->finish();
    });
  }

  const std::shared_ptr<TaskState> completion_;
  std::optional<Machine> machine_;
};

/// The steps of functions that return tasks.
template <>
struct Steps<Async> {
  template <class Function, class Receive>
  static auto call(Function&& function, Receive&& receive) {
    using T = typename FrontOfFunction<Function>::Value;
    auto completion = std::make_shared<TaskState>();
    Task<std::invoke_result_t<Receive&, Result<T>>> made(completion);
    const auto complete = [completion, receive](Result<T> result) {
      complete_with(*completion, [&] { return receive(std::move(result)); });
    };
    try {
      auto task = function();
      completion->inherit_handler(TaskAccess::state_of(task));
      task.then(complete);
    } catch (...) {  // it started none
      complete(std::current_exception());
    }
    return made;
  }

  template <class Machine>
  static auto run(Machine machine) {
    auto completion = std::make_shared<TaskState>();
    Task<decltype(machine.finish())> made(completion);
    std::make_shared<StepsOfTasks<Machine>>(completion, std::move(machine))->advance();
    return made;
  }
};

}  // namespace segment::inline SEGMENT_ABI::detail
