#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>

#include "segment/executor.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The completion of a task, type-erased: its result, and what waits for it.
///
/// Copying: not copyable; shared by its producer and its consumer. Cost: one allocation. Thread
/// safety: one thread completes it, one thread takes its result.
class SEGMENT_EXPORT TaskState {
 public:
  using Destroy = void (*)(void* value) noexcept;

  /// \param on_exception called with an exception that leaves a callback; null: it ends the
  ///        program.
  explicit TaskState(std::shared_ptr<const ExceptionHandler> on_exception = nullptr) noexcept;
  ~TaskState();
  TaskState(const TaskState&) = delete;
  TaskState& operator=(const TaskState&) = delete;

  /// Completes it with a value, which it then owns; null for a task without one. Resumes what waits
  /// for it, within this call.
  void succeed(void* value, Destroy destroy) noexcept;
  void fail(std::exception_ptr error) noexcept;

  /// Whether it is complete.
  [[nodiscard]] bool is_done() const noexcept {
    return stage_.load(std::memory_order_acquire) == Stage::done;
  }

  /// Claims the result for the caller. Throws std::logic_error if it was already taken.
  void claim();

  /// Runs a function on completion, on the completing thread; false, and nothing is kept, if it is
  /// already complete.
  bool await(std::function<void()> resume);

  /// Drops the function given to `await`, unless it is already being run.
  void withdraw() noexcept;

  /// Runs a callback on completion; within this call if it is already complete.
  void then(std::function<void()> callback);

  /// Blocks until it is complete. Throws std::logic_error if the result was already taken, on a
  /// thread that carries calls, which would wait for itself, and in a process that was forked
  /// since.
  void wait() const;

  /// The value; throws the error if there is one. Only when it is complete.
  [[nodiscard]] void* value() const;
  [[nodiscard]] const std::exception_ptr& error() const noexcept { return error_; }

  /// Adopts another task's exception handler, if this one has none. Any thread may call it.
  void inherit_handler(const TaskState& other) noexcept;

 private:
  enum class Stage : std::uint8_t { pending, awaited, done };
  enum class HandlerStage : std::uint8_t { none, being_set, set };

  void complete() noexcept;
  [[nodiscard]] bool keep(std::function<void()>& resume);
  static void run(const std::function<void()>& callback,
                  const std::shared_ptr<const ExceptionHandler>& handler) noexcept;
  void throw_if_claimed() const;
  [[nodiscard]] std::shared_ptr<const ExceptionHandler> handler() const noexcept;

  std::atomic<Stage> stage_{Stage::pending};
  bool is_claimed_ = false;  // by its consumer
  const unsigned process_;   // where it began
  std::atomic<HandlerStage> handler_stage_;
  std::shared_ptr<const ExceptionHandler> on_exception_;  // never changes once it is set
  std::function<void()> resume_{};
  std::exception_ptr error_{};
  void* value_ = nullptr;
  Destroy destroy_ = nullptr;
};

}  // namespace segment::inline SEGMENT_ABI::detail
