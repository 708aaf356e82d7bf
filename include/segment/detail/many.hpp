#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <ranges>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <vector>

#include "segment/detail/task_state.hpp"
#include "segment/named_task.hpp"
#include "segment/task.hpp"

namespace segment::inline SEGMENT_ABI {

struct ManyOptions;

}  // namespace segment::inline SEGMENT_ABI

namespace segment::inline SEGMENT_ABI::detail {

/// Whether items after a failed one are still started.
enum class AfterError : std::uint8_t { stop, proceed };

/// Starts one task for each of many items, in order, with limited concurrency; type-erased. It has
/// no thread: each task that completes starts the next ones, unless another thread is doing so
/// already.
///
/// Copying: not copyable; shared by the tasks in progress. Cost: none per item. Thread safety:
/// tasks may complete on any thread; `begin` and `finish` are called by one thread at a time.
class SEGMENT_EXPORT Many : public std::enable_shared_from_this<Many> {
 public:
  /// The overall result, type-erased.
  struct Value {
    void* value = nullptr;
    TaskState::Destroy destroy = nullptr;
  };

  /// \param state completed with the overall result.
  /// \throws InvalidArgumentError for a `max_concurrency` of 0.
  Many(std::shared_ptr<TaskState> state, std::size_t count, const ManyOptions& options,
       std::stop_token stop, AfterError after_error);
  virtual ~Many();
  Many(const Many&) = delete;
  Many& operator=(const Many&) = delete;

  /// Starts the first tasks. Called once.
  void start() noexcept;

 protected:
  /// Must be called once for each started item, when its task has completed.
  void ended(bool failed) noexcept;

  /// Adopts the exception handler of a started task, if there is none yet.
  void inherit_handler(const TaskState& task) noexcept { state_->inherit_handler(task); }

 private:
  virtual void begin(std::size_t index) noexcept = 0;
  /// Called at the end. What it throws is the overall error.
  [[nodiscard]] virtual Value finish() = 0;

  [[nodiscard]] bool may_begin() const noexcept;
  void begin_more(std::unique_lock<std::mutex> lock) noexcept;
  void complete() noexcept;

  const std::shared_ptr<TaskState> state_;
  const std::size_t count_;
  const std::size_t max_concurrency_;
  const std::stop_token stop_;
  const AfterError after_error_;

  std::mutex mutex_{};
  std::size_t next_ = 0;  // the first not yet started
  std::size_t under_way_ = 0;
  bool has_failed_ = false;
  bool is_beginning_ = false;  // a thread is in begin_more
};

/// The error of an item that a stop request kept from starting.
[[nodiscard]] SEGMENT_EXPORT std::exception_ptr not_begun(std::size_t index, std::size_t count);

/// Whether the range owns its items. A view does not, so its `const` is shallow.
template <class Items>
concept OwnsItems = !std::is_reference_v<Items> && !std::ranges::view<Items> &&
                    std::same_as<std::ranges::range_reference_t<const Items>,
                                 const std::ranges::range_value_t<Items>&>;

/// The task for many items: a NamedTask if an argument requires one.
template <class Items, class Function, class All>
using ManyTask =
    std::conditional_t<wants_name<Function> || (wants_name<Items> && (std::is_aggregate_v<Items> ||
                                                                      std::ranges::view<Items>)),
                       NamedTask<All>, Task<All>>;

/// Items that can be moved or copied into a list of our own.
template <class Items>
concept ManyItems = std::ranges::input_range<Items> &&
    (OwnsItems<Items> || std::constructible_from<std::ranges::range_value_t<Items>,
                                                 std::ranges::range_reference_t<Items>>);

/// What a stored function, called as an lvalue, returns for an item.
template <class Function, class Item>
using Begun = std::remove_cvref_t<std::invoke_result_t<std::decay_t<Function>&, Item&>>;

/// A function that starts a task for an item.
template <class Function, class Item>
concept BeginsTask = is_task<Begun<Function, Item>>;

/// The type of that task's value.
template <class Function, class Item>
using TaskValue = typename Begun<Function, Item>::value_type;

/// Moves or copies the items into a list. Not a vector: a `vector<bool>` has no bool objects.
template <class Items>
[[nodiscard]] auto own_items(Items&& items) {
  std::deque<std::ranges::range_value_t<Items>> own;
  for (auto&& item : items) {
    if constexpr (OwnsItems<Items>) {
      own.emplace_back(std::move(item));
    } else {
      own.emplace_back(std::forward<decltype(item)>(item));
    }
  }
  return own;
}

/// The outcome of each item; empty if it was not started. No started item follows one that was not.
template <class T>
using Outcomes = std::vector<std::optional<Result<T>>>;

/// The values of all items. Throws the first error.
template <class T>
[[nodiscard]] std::vector<T> values_of(Outcomes<T> outcomes) {
  std::vector<T> values;
  values.reserve(outcomes.size());
  for (auto& outcome : outcomes) {
    if (!outcome) std::rethrow_exception(not_begun(values.size(), outcomes.size()));
    values.push_back(std::move(*outcome).value());
  }
  return values;
}

/// The value or the error of each item.
template <class T>
[[nodiscard]] std::vector<Result<T>> results_of(Outcomes<T> outcomes) {
  std::vector<Result<T>> results;
  results.reserve(outcomes.size());
  for (auto& outcome : outcomes) {
    if (outcome) {
      results.push_back(std::move(*outcome));
    } else {
      results.emplace_back(not_begun(results.size(), outcomes.size()));
    }
  }
  return results;
}

/// Throws the first error, if there is one.
SEGMENT_EXPORT void throw_first_error(Outcomes<void> outcomes);

/// Many tasks of one type. `Kept` is what is kept of each: its value, or void.
template <class Item, class Function, class Kept, class All>
class ManyTasks final : public Many {
 public:
  using Gather = All (*)(Outcomes<Kept>);

  ManyTasks(std::shared_ptr<TaskState> state, std::deque<Item> items, Function function,
            const ManyOptions& options, std::stop_token stop, AfterError after_error, Gather gather)
      : Many(std::move(state), items.size(), options, std::move(stop), after_error),
        outcomes_(items.size()),
        items_(std::move(items)),
        function_(std::move(function)),
        gather_(gather) {}

 private:
  using T = TaskValue<Function, Item>;

  void begin(std::size_t index) noexcept override {
    try {
      auto task = std::invoke(*function_, items_[index]);
      inherit_handler(TaskAccess::state_of(task));
      task.then([self = shared_from_this(), this, index](Result<T> result) {
        receive(index, std::move(result));
      });
    } catch (...) {
      receive(index, std::current_exception());
    }
  }

  void receive(std::size_t index, Result<T> result) {
    const bool failed = !result;
    if constexpr (std::is_same_v<T, Kept>) {
      outcomes_[index].emplace(std::move(result));
    } else {
      outcomes_[index].emplace(result.error());
    }
    ended(failed);
  }

  Value finish() override {
    // Destroys the caller's objects first; then the waiter is resumed.
    function_.reset();
    items_.clear();
    Outcomes<Kept> outcomes = std::move(outcomes_);
    if constexpr (std::is_void_v<All>) {
      gather_(std::move(outcomes));
      return {};
    } else {
      return {new All(gather_(std::move(outcomes))), &destroy_value<All>};
    }
  }

  Outcomes<Kept> outcomes_;
  std::deque<Item> items_;
  std::optional<Function> function_;
  const Gather gather_;
};

/// Starts tasks for all items. An error before the first one is the task's error too.
template <class Kept, class All, class Items, class Function>
[[nodiscard]] Task<All> start_many(Items&& items, Function function, const ManyOptions& options,
                                   std::stop_token stop, AfterError after_error,
                                   All (*gather)(Outcomes<Kept>)) {
  using Item = std::ranges::range_value_t<Items>;
  auto state = std::make_shared<TaskState>();
  try {
    std::make_shared<ManyTasks<Item, Function, Kept, All>>(
        state, own_items(std::forward<Items>(items)), std::move(function), options, std::move(stop),
        after_error, gather)
        ->start();
  } catch (...) {
    state->fail(std::current_exception());
  }
  return Task<All>(std::move(state));
}

}  // namespace segment::inline SEGMENT_ABI::detail
