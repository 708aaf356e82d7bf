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

/// The asynchronous front, used by `AsyncClient`: a method starts its call and returns a Task.
///
/// Copying: cheap, shares its client. Thread safety: any thread.
class Async {
 public:
  template <class T>
  using Returns = Task<T>;
  template <class PageType>
  using Lists = AsyncList<PageType>;

  /// \param executor null: on the thread that carries the call.
  Async(std::shared_ptr<const detail::Core> core, std::shared_ptr<const Executor> executor)
      : core_(std::move(core)), executor_(std::move(executor)) {}

  /// Starts one call: the methods of the groups use it.
  template <class T>
  Task<T> call(const Operation& operation, const detail::CallInput& input,
               const CallOptions& options) const;

  /// Starts several calls as one operation: jobs and helpers use it.
  template <class T>
  Task<T> run(std::shared_ptr<detail::Sequence> sequence) const;

  /// Starts a paged list.
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

/// Starts one call; used by every asynchronous method. The input is encoded before this returns;
/// invalid input is the task's error.
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<TaskState> start_call(const Async& front,
                                                                   const Operation& operation,
                                                                   const CallInput& input,
                                                                   const CallOptions& options);

/// Starts the first call of a sequence. Any error is the task's.
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<TaskState> start_sequence(
    const Async& front, std::shared_ptr<Sequence> sequence);

/// Starts fetching the next page of a list. The task fails with the pager's own error, and with
/// InvalidArgumentError past the end or while a page is being fetched.
///
/// \param executor where the page is received; null: on the thread that carries the call.
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<TaskState> start_page(
    const std::shared_ptr<Pager>& pager, std::shared_ptr<const Executor> executor);

/// A task for a page that is there already, with the handler of its client.
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<TaskState> page_task(const Pager& pager);

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
