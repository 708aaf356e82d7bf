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

/// The front that a function of the caller's goes by, and the value of its call: it returns a
/// value, a Result or a Task.
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

/// As FrontOf, by the function.
template <class Function, class... Arguments>
using FrontOfFunction = FrontOf<std::decay_t<std::invoke_result_t<Function&, Arguments...>>>;

/// As `Returned`, of what is given functions of the caller's.
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

/// How a front makes the calls of functions of the caller's, one after another. What decides which
/// is next is written once, and knows no front:
///
/// - `call(function, receive)` calls a function, and ends with what `receive` makes of its Result;
/// - `run(machine)` takes steps, each of them such a call, until the machine `is_done`: it ends as
///   the machine does with `finish`, or before with what a step throws.
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
