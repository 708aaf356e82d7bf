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

/// One asynchronous call: it drives the same CallState as `run`, but releases the thread instead of
/// waiting.
///
/// It owns itself from its start until its result is handed over.
///
/// Copying: not copyable. Cost: one allocation. Thread safety: one thread at a time, which may be
/// any.
class AsyncCall final : public Waiter, public std::enable_shared_from_this<AsyncCall> {
 public:
  /// Sees the result or the error before anybody else does.
  using OnResult = std::function<void(const void* result, const std::exception_ptr& error)>;

  struct Input {
    PreparedCall call;
    std::shared_ptr<const Executor> executor{};
    OnResult on_result{};
  };

  /// \param part_of the call in progress that this one is part of, and counts as; null: none.
  /// \throws CancelledError if the client accepts no more calls.
  AsyncCall(std::shared_ptr<const Core> core, Input input, const CallInProgress* part_of);
  ~AsyncCall() override;

  /// Starts it.
  ///
  /// \param completion receives the result.
  void begin(std::shared_ptr<TaskState> completion);

  void resume() noexcept override;
  [[nodiscard]] std::optional<Time> limit() const noexcept override { return state_.limit(); }
  [[nodiscard]] bool stop_requested() const noexcept override {
    return state_.stop_token().stop_requested();
  }

 private:
  struct Cancel {
    AsyncCall* self;
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
  std::shared_ptr<AsyncCall> self_{};
  int attempts_ = 0;
  std::atomic<int> awaited_ = 0;  // the attempt whose outcome is awaited; 0: none
  std::optional<std::stop_callback<Cancel>> on_stop_{};
};

/// A task that failed before anything was started.
[[nodiscard]] std::shared_ptr<TaskState> failed(const Core& core, std::exception_ptr error);

/// Starts an encoded call. Its errors are the task's.
///
/// \param part_of the call in progress that this one is part of, and counts as; null: none.
[[nodiscard]] std::shared_ptr<TaskState> start(const std::shared_ptr<const Core>& core,
                                               AsyncCall::Input input,
                                               const CallInProgress* part_of = nullptr);

/// The runtime of a client's asynchronous calls, made by the first of them.
[[nodiscard]] std::shared_ptr<Runtime> runtime_of(const Core& core);

}  // namespace segment::inline SEGMENT_ABI::detail
