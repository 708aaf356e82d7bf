#pragma once

#include <cstddef>
#include <ranges>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <vector>

#include "segment/detail/many.hpp"
#include "segment/result.hpp"
#include "segment/task.hpp"

namespace segment::inline SEGMENT_ABI {

/// How many tasks run concurrently: see `map`.
struct ManyOptions {
  /// The maximum number of tasks in progress, at least 1.
  std::size_t max_concurrency = 16;
};

// So that every compiler accepts them in braces inside a `co_await`.
static_assert(std::is_trivially_copyable_v<ManyOptions>);

/// Starts a task for each item, with limited concurrency, and returns their values in the order of
/// the items.
///
///     std::vector<segment::SourceId> ids;
///     auto get = [async = client.async()](const segment::SourceId& id) {
///       return async.sources().get(id);
///     };
///     auto all = segment::map(ids, get, {.max_concurrency = 8});
///     std::vector<segment::SourceDetails> details = co_await all;
///
/// After the first error no further tasks are started. The returned task completes when all started
/// tasks have completed. It creates no thread: the next task is started on the thread on which a
/// previous one completed (the executor's, if there is one), or on the thread that is starting
/// them.
///
/// \param items any range; empty: the task is done immediately. Items are copied, or moved out of
///        an rvalue container, and kept until the end. String views and pointers still refer to
///        their originals.
/// \param function takes an item as an lvalue that stays valid until the end and returns a Task: of
///        a call, or of your own coroutine. It is kept until the end, so that a coroutine may use
///        its captures, and called by one thread at a time. An exception is that item's error. g++
///        11 and 12 require a function with captures to have a name if `map` is awaited directly.
/// \param options the maximum concurrency.
/// \param stop after a stop request no further tasks are started. Those in progress are cancelled
///        only by the stop token of their own call options.
/// \return the values. Its error is that of the first item, in their order, that failed; a
///         CancelledError if a stop request kept some from starting; an InvalidArgumentError for a
///         `max_concurrency` of 0; or what iterating over the items threw.
template <detail::ManyItems Items, detail::BeginsTask<std::ranges::range_value_t<Items>> Function>
auto map(Items&& items, Function&& function, const ManyOptions& options = {},
         std::stop_token stop = {}) {
  using T = detail::TaskValue<Function, std::ranges::range_value_t<Items>>;
  static_assert(!std::is_void_v<T>,
                "map needs a value from each task; use for_each for Task<void>");
  return detail::ManyTask<Items, Function, std::vector<T>>(detail::start_many<T, std::vector<T>>(
      std::forward<Items>(items), std::forward<Function>(function), options, std::move(stop),
      detail::AfterError::stop, &detail::values_of<T>));
}

/// Like `map`, but starts a task for every item, regardless of errors.
///
/// \return the value or error of each item, in their order; CancelledError for those that a stop
///         request kept from starting. The task's own errors are an InvalidArgumentError for a
///         `max_concurrency` of 0, and what iterating over the items threw.
template <detail::ManyItems Items, detail::BeginsTask<std::ranges::range_value_t<Items>> Function>
auto map_results(Items&& items, Function&& function, const ManyOptions& options = {},
                 std::stop_token stop = {}) {
  using T = detail::TaskValue<Function, std::ranges::range_value_t<Items>>;
  using All = std::vector<Result<T>>;
  return detail::ManyTask<Items, Function, All>(detail::start_many<T, All>(
      std::forward<Items>(items), std::forward<Function>(function), options, std::move(stop),
      detail::AfterError::proceed, &detail::results_of<T>));
}

/// As `map`, for tasks without a value, or whose value you do not need.
template <detail::ManyItems Items, detail::BeginsTask<std::ranges::range_value_t<Items>> Function>
detail::ManyTask<Items, Function, void> for_each(Items&& items, Function&& function,
                                                 const ManyOptions& options = {},
                                                 std::stop_token stop = {}) {
  return detail::start_many<void, void>(std::forward<Items>(items),
                                        std::forward<Function>(function), options, std::move(stop),
                                        detail::AfterError::stop, &detail::throw_first_error);
}

/// As `map_results`, for tasks without a value, or whose value you do not need.
///
/// \return for each item, in their order, success or its error.
template <detail::ManyItems Items, detail::BeginsTask<std::ranges::range_value_t<Items>> Function>
detail::ManyTask<Items, Function, std::vector<Result<void>>> for_each_results(
    Items&& items, Function&& function, const ManyOptions& options = {},
    std::stop_token stop = {}) {
  return detail::start_many<void, std::vector<Result<void>>>(
      std::forward<Items>(items), std::forward<Function>(function), options, std::move(stop),
      detail::AfterError::proceed, &detail::results_of<void>);
}

}  // namespace segment::inline SEGMENT_ABI
