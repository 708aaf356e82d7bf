#pragma once

#include <memory>
#include <utility>

#include "segment/call_options.hpp"
#include "segment/detail/call.hpp"
#include "segment/detail/pager.hpp"
#include "segment/detail/shared.hpp"
#include "segment/detail/task_state.hpp"
#include "segment/executor.hpp"
#include "segment/named_task.hpp"
#include "segment/task.hpp"

namespace segment::inline SEGMENT_ABI {

template <class PageType>
class AsyncList;

/// The asynchronous front, which is that of `AsyncClient`: a method begins its call and returns a
/// Task.
///
/// Copying: cheap, shares its client. Cost: none of its own. Thread safety: any thread.
class Async {
 public:
  template <class T>
  using Returns = Task<T>;
  template <class PageType>
  using Lists = AsyncList<PageType>;

  /// \param executor null: on the thread that carries the call.
  Async(std::shared_ptr<const detail::Core> core, std::shared_ptr<const Executor> executor)
      : core_(std::move(core)), executor_(std::move(executor)) {}

  /// Begins one call: what the methods of the groups are made of.
  template <class T>
  Task<T> call(const Operation& operation, const detail::CallInput& input,
               const CallOptions& options) const;

  /// Begins several calls that are one: what jobs and helpers are made of.
  template <class T>
  Task<T> run(std::shared_ptr<detail::Sequence> sequence) const;

  /// Begins to iterate over a list in pages.
  template <class PageType>
  AsyncList<PageType> list(const Operation& operation, const detail::CallInput& input,
                           const CallOptions& options) const;

  [[nodiscard]] const std::shared_ptr<const detail::Core>& core() const noexcept { return core_; }
  [[nodiscard]] const std::shared_ptr<const Executor>& executor() const noexcept {
    return executor_;
  }

 private:
  detail::Shared<const detail::Core> core_;
  detail::Shared<const Executor> executor_;
};

namespace detail {

/// Begins one call: the one way that every asynchronous method takes. The input is encoded before
/// this returns; what is wrong with it is the task's error.
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<TaskState> start_call(const Async& front,
                                                                   const Operation& operation,
                                                                   const CallInput& input,
                                                                   const CallOptions& options);

/// Begins the first call of a sequence. What goes wrong is the task's error.
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<TaskState> start_sequence(
    const Async& front, std::shared_ptr<Sequence> sequence);

/// Begins to fetch the next page of a list. The pager's own error is the task's, as is asking past
/// the end, or while a page is under way: an InvalidArgumentError.
///
/// \param executor where the page is taken; null: on the thread that carries the call.
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<TaskState> start_page(
    const std::shared_ptr<Pager>& pager, std::shared_ptr<const Executor> executor);

}  // namespace detail

template <class T>
Task<T> Async::call(const Operation& operation, const detail::CallInput& input,
                    const CallOptions& options) const {
  return Task<T>(detail::start_call(*this, operation, input, options));
}

template <class T>
Task<T> Async::run(std::shared_ptr<detail::Sequence> sequence) const {
  return Task<T>(detail::start_sequence(*this, std::move(sequence)));
}

template <class PageType>
AsyncList<PageType> Async::list(const Operation& operation, const detail::CallInput& input,
                                const CallOptions& options) const {
  return AsyncList<PageType>(*this, operation, input, options);
}

}  // namespace segment::inline SEGMENT_ABI
