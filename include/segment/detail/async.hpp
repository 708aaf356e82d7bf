#pragma once

#include <memory>

#include "segment/call_options.hpp"
#include "segment/detail/call.hpp"
#include "segment/detail/pager.hpp"
#include "segment/detail/shared.hpp"
#include "segment/detail/task_state.hpp"
#include "segment/executor.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What the asynchronous groups are made with: a client, and where its results are taken.
struct AsyncFront {
  Shared<const Core> core;
  Shared<const Executor> executor;  // null: on the library's own thread
};

/// Begins one call: the one way that every asynchronous method takes. The input is encoded before
/// this returns; what is wrong with it is the task's error.
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<TaskState> start_call(const AsyncFront& front,
                                                                   const CallTable& table,
                                                                   const CallInput& input,
                                                                   const CallOptions& options);

/// Begins to fetch the next page of a list. The pager's own error is the task's, as is asking past
/// the end, or while a page is under way: an InvalidArgumentError.
///
/// \param executor where the page is taken; null: on the library's own thread.
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<TaskState> start_page(
    const std::shared_ptr<Pager>& pager, std::shared_ptr<const Executor> executor);

}  // namespace segment::inline SEGMENT_ABI::detail
