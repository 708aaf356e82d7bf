#pragma once

#include <type_traits>
#include <utility>

#include "segment/front.hpp"
#include "segment/task.hpp"

namespace segment::inline SEGMENT_ABI {

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13

namespace detail {

/// A class, because the compiler looks into it before it looks into the call's arguments.
template <class T>
struct AwaitedWithoutName : TaskAwaiter<T> {
  static_assert(std::is_same_v<T, AwaitedWithoutName>,
                "g++ 11 and 12 corrupt arguments in braces, and lambdas, within a co_await: begin "
                "this call in a statement of its own, `auto task = ...;`, then `co_await task`");
};

}  // namespace detail

/// The Task of a call that takes a lambda, or a struct, which may be written in braces.
///
/// If such an argument is written inside a `co_await`, g++ 11 and 12 copy its members byte by byte
/// and destroy them twice. With these compilers you can await the task only by its name: start the
/// call in a separate statement; anything else does not compile. With every other compiler this is
/// Task itself.
///
/// Copying, cost, thread safety: as Task, to which it converts.
template <class T>
class [[nodiscard]] NamedTask : public Task<T> {
 public:
  NamedTask(Task<T>&& task) noexcept : Task<T>(std::move(task)) {}

  auto operator co_await() const& { return Task<T>::operator co_await(); }
  detail::AwaitedWithoutName<T> operator co_await() const&& {
    return detail::AwaitedWithoutName<T>(Task<T>::operator co_await());
  }
};

namespace detail {

template <class T>
inline constexpr bool is_task<NamedTask<T>> = true;

template <class T>
struct ByName<Task<T>> {
  using type = NamedTask<T>;
};

}  // namespace detail

#else

/// Task itself, except with g++ 11 and 12: there a task that can be awaited only by its name,
/// because its call takes a lambda or a struct, which may be written in braces.
template <class T>
using NamedTask = Task<T>;

#endif

namespace detail {

/// Whether an argument may be a temporary that g++ 11 and 12 corrupt inside a `co_await`: a lambda,
/// an aggregate, or a type that contains one, such as a view.
template <class Argument>
inline constexpr bool wants_name =
    !std::is_reference_v<Argument> && !std::is_trivially_copyable_v<Argument>;

}  // namespace detail

}  // namespace segment::inline SEGMENT_ABI
