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

/// Whether the items behind one that failed are begun.
enum class AfterError : std::uint8_t { stop, proceed };

/// Begins one task for each of many items, in their order, and only so many that no more than some
/// are under way; whatever their types. Has no thread: each task that ends begins the next ones,
/// unless a thread is at that already.
///
/// Copying: not copyable; shared by the tasks under way. Cost: nothing for each item. Thread
/// safety: tasks may end on any threads; `begin` and `finish` are called by one at a time.
class SEGMENT_EXPORT Many : public std::enable_shared_from_this<Many> {
 public:
  /// What all of it comes to, of whatever type.
  struct Value {
    void* value = nullptr;
    TaskState::Destroy destroy = nullptr;
  };

  /// \param state completed with all of it.
  /// \throws InvalidArgumentError where no task may be under way.
  Many(std::shared_ptr<TaskState> state, std::size_t count, const ManyOptions& options,
       std::stop_token stop, AfterError after_error);
  virtual ~Many();
  Many(const Many&) = delete;
  Many& operator=(const Many&) = delete;

  /// Begins the first tasks. Called once.
  void start() noexcept;

 protected:
  /// To be called once for each item that was begun: its task has ended.
  void ended(bool failed) noexcept;

  /// Tells what the tasks begun tell their exceptions.
  void inherit_handler(const TaskState& task) noexcept { state_->inherit_handler(task); }

 private:
  virtual void begin(std::size_t index) noexcept = 0;
  /// Called at the end. What it throws is what all of it ends with.
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
  std::size_t next_ = 0;  // the first that was not begun
  std::size_t under_way_ = 0;
  bool has_failed_ = false;
  bool is_beginning_ = false;  // a thread is in begin_more
};

/// What an item ends with that a stop request kept from being begun.
[[nodiscard]] SEGMENT_EXPORT std::exception_ptr not_begun(std::size_t index, std::size_t count);

/// Whether the items go with the range. A view, which does not own them, is not `const` in depth.
template <class Items>
concept OwnsItems = !std::is_reference_v<Items> && !std::ranges::view<Items> &&
                    std::same_as<std::ranges::range_reference_t<const Items>,
                                 const std::ranges::range_value_t<Items>&>;

/// What gives a task for many items: one that is awaited by its name where an argument wants that.
template <class Items, class Function, class All>
using ManyTask =
    std::conditional_t<wants_name<Function> || (wants_name<Items> && (std::is_aggregate_v<Items> ||
                                                                      std::ranges::view<Items>)),
                       NamedTask<All>, Task<All>>;

/// Items that a list of one's own can be made of.
template <class Items>
concept ManyItems = std::ranges::input_range<Items> &&
    (OwnsItems<Items> || std::constructible_from<std::ranges::range_value_t<Items>,
                                                 std::ranges::range_reference_t<Items>>);

/// What a function that is kept, and called as an lvalue, returns for an item.
template <class Function, class Item>
using Begun = std::remove_cvref_t<std::invoke_result_t<std::decay_t<Function>&, Item&>>;

/// A function that begins a task for an item.
template <class Function, class Item>
concept BeginsTask = is_task<Begun<Function, Item>>;

/// What such a task ends with.
template <class Function, class Item>
using TaskValue = typename Begun<Function, Item>::value_type;

/// A list of items of its own. Not a vector, whose flags are no objects.
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

/// What came of each item; nothing where it was not begun, which is never before one that was.
template <class T>
using Outcomes = std::vector<std::optional<Result<T>>>;

/// The values of all. Throws the first error.
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

/// The value or the error of each.
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

/// Throws the first error of all.
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
    // The caller's things are destroyed first; then what waits is resumed.
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

/// Begins tasks for all items. What goes wrong before the first is the task's error too.
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
