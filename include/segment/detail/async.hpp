#pragma once

#include <memory>
#include <utility>

#include "segment/call_options.hpp"
#include "segment/detail/call.hpp"
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
[[nodiscard]] std::shared_ptr<TaskState> start_call(const AsyncFront& front, const CallTable& table,
                                                    const CallInput& input,
                                                    const CallOptions& options);

/// Fetches the pages of one list, one after the other, without waiting.
///
/// Copying: not copyable. Cost: one encoded call. Thread safety: one thread at a time.
class AsyncPageSource {
 public:
  AsyncPageSource(AsyncFront front, const CallTable& table, const CallInput& input,
                  CallOptions options);
  ~AsyncPageSource();
  AsyncPageSource(const AsyncPageSource&) = delete;
  AsyncPageSource& operator=(const AsyncPageSource&) = delete;

  /// Whether the last page has come, or the walk failed.
  [[nodiscard]] bool is_done() const noexcept;

  /// Begins to fetch the next page. The error of a walk that failed comes again; asking past the
  /// end, or before the page before is there, is an InvalidArgumentError.
  [[nodiscard]] std::shared_ptr<TaskState> next();

 private:
  struct State;
  std::shared_ptr<const Core> core_;
  std::shared_ptr<State> state_;  // a fetch under way holds it too
  bool has_failed_ = false;
};

}  // namespace segment::inline SEGMENT_ABI::detail
