#pragma once

#include <ranges>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <vector>

#include "segment/detail/many_items.hpp"
#include "segment/many_options.hpp"
#include "segment/result.hpp"
#include "segment/task.hpp"

namespace segment::inline SEGMENT_ABI {

/// Begins a task for each item, a few at a time, and gives their values in the order of the items.
///
///     auto get = [async](const segment::SourceId& id) { return async.sources().get(id); };
///     std::vector<segment::SourceDetails> details =
///         co_await segment::map(ids, get, {.max_concurrency = 8});
///
/// After the first error no more are begun. The task ends when all that were begun have ended, so
/// that nothing goes on behind its back. It makes no thread: the next call is begun on the thread
/// where one before it has ended, which is where the executor says, or on one that is beginning
/// them just then.
///
/// \param items any range of items; empty: the task is done at once. They are copied, or moved out
///        of a container that is given away, and kept until the end. Text views and pointers among
///        them point to what they did.
/// \param function given an item as an lvalue that stays until the end, it returns a Task: that of
///        a call, or of a coroutine of your own. It is kept until the end too, so a coroutine may
///        use its captures; it is called by one thread at a time. What it throws is that item's
///        error. g++ 11 and 12 insist that one with captures has a name where `map` is awaited.
/// \param options how many tasks are under way at most.
/// \param stop after a stop request no more are begun. Those under way are ended by the stop token
///        of their own call options, or else go on to their end.
/// \return what the tasks ended with. Its error is that of the first item, in their order, that
///         failed; a CancelledError where a stop request kept some from being begun; an
///         InvalidArgumentError for an `max_concurrency` of 0; what walking through the items
///         threw.
template <detail::ManyItems Items, detail::BeginsTask<std::ranges::range_value_t<Items>> Function>
auto map(Items&& items, Function&& function, const ManyOptions& options = {},
         std::stop_token stop = {}) {
  using T = detail::TaskValue<Function, std::ranges::range_value_t<Items>>;
  static_assert(!std::is_void_v<T>, "tasks that end with nothing are run by for_each");
  return detail::ManyTask<Items, Function, std::vector<T>>(detail::start_many<T, std::vector<T>>(
      std::forward<Items>(items), std::forward<Function>(function), options, std::move(stop),
      detail::AfterError::stop, &detail::values_of<T>));
}

/// As `map`, but begins a task for every item, whatever becomes of others.
///
/// \return the value or the error of each item, in their order. Those that a stop request kept from
///         being begun have a CancelledError each. The task's own errors are an
///         InvalidArgumentError for an `max_concurrency` of 0, and what walking through the items
///         threw.
template <detail::ManyItems Items, detail::BeginsTask<std::ranges::range_value_t<Items>> Function>
auto map_results(Items&& items, Function&& function, const ManyOptions& options = {},
                 std::stop_token stop = {}) {
  using T = detail::TaskValue<Function, std::ranges::range_value_t<Items>>;
  using All = std::vector<Result<T>>;
  return detail::ManyTask<Items, Function, All>(detail::start_many<T, All>(
      std::forward<Items>(items), std::forward<Function>(function), options, std::move(stop),
      detail::AfterError::proceed, &detail::results_of<T>));
}

/// As `map`, for tasks that end with nothing, or with what is not wanted.
template <detail::ManyItems Items, detail::BeginsTask<std::ranges::range_value_t<Items>> Function>
detail::ManyTask<Items, Function, void> for_each(Items&& items, Function&& function,
                                                 const ManyOptions& options = {},
                                                 std::stop_token stop = {}) {
  return detail::start_many<void, void>(std::forward<Items>(items),
                                        std::forward<Function>(function), options, std::move(stop),
                                        detail::AfterError::stop, &detail::throw_first_error);
}

/// As `map_results`, for tasks that end with nothing, or with what is not wanted.
///
/// \return of each item, in their order, whether it went well, or else its error.
template <detail::ManyItems Items, detail::BeginsTask<std::ranges::range_value_t<Items>> Function>
detail::ManyTask<Items, Function, std::vector<Result<void>>> for_each_results(
    Items&& items, Function&& function, const ManyOptions& options = {},
    std::stop_token stop = {}) {
  return detail::start_many<void, std::vector<Result<void>>>(
      std::forward<Items>(items), std::forward<Function>(function), options, std::move(stop),
      detail::AfterError::proceed, &detail::results_of<void>);
}

}  // namespace segment::inline SEGMENT_ABI
