#pragma once

#include <exception>
#include <type_traits>
#include <utility>

#include "segment/result.hpp"

namespace segment::inline SEGMENT_ABI {

class Async;
class Blocking;
class Nothrow;
template <class T>
class Task;

namespace detail {

/// The front of a caller's function, and the value of its call, by what it returns: a value, a
/// Result or a Task.
template <class Returned>
struct FrontOf {
  using Front = Blocking;
  using Value = Returned;
};
template <class T>
struct FrontOf<Result<T>> {
  using Front = Nothrow;
  using Value = T;
};
template <class T>
struct FrontOf<Task<T>> {
  using Front = Async;
  using Value = T;
};

/// FrontOf what a function returns.
template <class Function, class... Arguments>
using FrontOfFunction = FrontOf<std::decay_t<std::invoke_result_t<Function&, Arguments...>>>;

/// Like `Returned`, for a function that takes functions of the caller.
template <class Front, class T, class... Functions>
struct ByFunctions;
template <class T, class... Functions>
struct ByFunctions<Blocking, T, Functions...> {
  using type = T;
};
template <class T, class... Functions>
struct ByFunctions<Nothrow, T, Functions...> {
  using type = Result<T>;
};

/// How a front makes calls through the caller's functions, one after another. What decides which
/// call is next is written once for all fronts:
///
/// - `call(function, receive)` calls a function and returns what `receive` makes of its Result;
/// - `run(machine)` makes steps, each of them such a call, until the machine `is_done`; it returns
///   what `finish` does, or fails with what a step throws.
///
/// For tasks: `segment/detail/async_steps.hpp`.
template <class Front>
struct Steps;

template <>
struct Steps<Blocking> {
  template <class Function, class Receive>
  static auto call(Function&& function, Receive&& receive) {
    return receive(result_of(function));
  }

  template <class Machine>
  static auto run(Machine machine) {
    while (!machine.is_done()) machine.step();
    return machine.finish();
  }
};

template <>
struct Steps<Nothrow> {
  template <class Function, class Receive>
  static auto call(Function&& function, Receive&& receive) {
    return result_of([&] { return receive(result_from(function)); });
  }

  template <class Machine>
  static auto run(Machine machine) {
    return result_of([&] {
      while (!machine.is_done()) machine.step().value();
      return machine.finish();
    });
  }

 private:
  template <class Function>
  static auto result_from(Function& function) noexcept -> decltype(function()) {
    try {
      return function();
    } catch (...) {
      return std::current_exception();
    }
  }
};

}  // namespace detail

}  // namespace segment::inline SEGMENT_ABI
