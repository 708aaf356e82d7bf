#pragma once

#include <atomic>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "call/call_state.hpp"
#include "call/core.hpp"
#include "operations/prepared_call.hpp"
#include "runtime/runtime.hpp"
#include "segment/detail/task_state.hpp"
#include "segment/executor.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// One call in the asynchronous front: it drives the same CallState as `run` does, and where that
/// would wait, it lets go of the thread.
///
/// It holds itself from its beginning until its result is handed over.
///
/// Copying: not copyable. Cost: one allocation. Thread safety: one thread at a time, which may be
/// any.
class AsyncOperation final : public Waiter, public std::enable_shared_from_this<AsyncOperation> {
 public:
  /// Sees the result before anybody else does, or the error.
  using OnResult = std::function<void(const void* result, const std::exception_ptr& error)>;

  struct Input {
    PreparedCall call;
    std::shared_ptr<const Executor> executor{};
    OnResult on_result{};
  };

  /// \param part_of what the call is a part of, and counts as in progress with; null: nothing.
  /// \throws CancelledError where the client takes no more calls.
  AsyncOperation(std::shared_ptr<const Core> core, Input input, const CallInProgress* part_of);
  ~AsyncOperation() override;

  /// Begins it.
  ///
  /// \param completion where the result will be.
  void begin(std::shared_ptr<TaskState> completion);

  void resume() noexcept override;
  [[nodiscard]] std::optional<Time> limit() const noexcept override { return state_.limit(); }
  [[nodiscard]] bool stop_requested() const noexcept override {
    return state_.stop_token().stop_requested();
  }

 private:
  struct Cancel {
    AsyncOperation* self;
    void operator()() const noexcept { self->runtime_->cancel(*self); }
  };

  void send(const http::Request& request);
  [[nodiscard]] bool claim(int attempt) noexcept;
  void take(int attempt, http::Outcome outcome) noexcept;
  void end(std::exception_ptr error) noexcept;
  void complete(std::exception_ptr error) noexcept;

  const Input input_;
  const std::shared_ptr<const Core> core_;
  const std::shared_ptr<Runtime> runtime_;
  CallInProgress in_progress_;
  CallState state_;
  std::shared_ptr<TaskState> completion_{};
  std::atomic<bool> is_complete_ = false;
  std::shared_ptr<AsyncOperation> self_{};
  int attempts_ = 0;
  std::atomic<int> awaited_ = 0;  // the attempt whose outcome is to come; 0: none
  std::optional<std::stop_callback<Cancel>> on_stop_{};
};

/// A task that failed before anything was begun.
[[nodiscard]] std::shared_ptr<TaskState> failed(std::exception_ptr error);

/// Begins a call that is encoded already. What is wrong with it is the task's error.
///
/// \param part_of what the call is a part of, and counts as in progress with; null: nothing.
[[nodiscard]] std::shared_ptr<TaskState> start(const std::shared_ptr<const Core>& core,
                                               AsyncOperation::Input input,
                                               const CallInProgress* part_of = nullptr);

/// What carries the asynchronous calls of a client: made by the first of them.
[[nodiscard]] std::shared_ptr<Runtime> runtime_of(const Core& core);

}  // namespace segment::inline SEGMENT_ABI::detail
