#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>

#include "segment/executor.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The completion of a task, whatever the type of its result: the result, and what waits for it.
///
/// Copying: not copyable; shared by what completes it and what takes from it. Cost: one allocation.
/// Thread safety: one thread completes it, one thread takes from it.
class SEGMENT_EXPORT TaskState {
 public:
  using Destroy = void (*)(void* value) noexcept;

  /// \param on_exception told of what leaves a callback; null: that ends the program.
  explicit TaskState(std::shared_ptr<const ExceptionHandler> on_exception = nullptr) noexcept;
  ~TaskState();
  TaskState(const TaskState&) = delete;
  TaskState& operator=(const TaskState&) = delete;

  /// Completes it with a value, which is destroyed with this; null for a task without one. What
  /// waits is then resumed, within this call.
  void succeed(void* value, Destroy destroy) noexcept;
  void fail(std::exception_ptr error) noexcept;

  /// Whether it is complete.
  [[nodiscard]] bool is_done() const noexcept {
    return stage_.load(std::memory_order_acquire) == Stage::done;
  }

  /// Says that the result is taken by the caller, and by nobody after it. Throws std::logic_error
  /// where it was taken before.
  void claim();

  /// Has this run when it is complete, on the thread where that happens; false, and nothing is
  /// kept, where it is complete already.
  bool await(std::function<void()> resume);

  /// Has a callback run when it is complete; within this call where it is complete already.
  void then(std::function<void()> callback);

  /// Blocks until it is complete. Throws std::logic_error where the result was taken before, on a
  /// thread that carries calls, which would wait for itself, and in a process that was forked
  /// since.
  void wait() const;

  /// When it is complete: the value, or the error is thrown.
  [[nodiscard]] void* value() const;
  [[nodiscard]] const std::exception_ptr& error() const noexcept { return error_; }

  /// Tells what another task tells its exceptions, where this one has nobody to tell. To be called
  /// before this is complete.
  void inherit_handler(const TaskState& other) noexcept;

 private:
  enum class Stage : std::uint8_t { pending, awaited, done };

  void complete() noexcept;
  [[nodiscard]] bool keep(std::function<void()>& resume);
  static void run(const std::function<void()>& callback,
                  const std::shared_ptr<const ExceptionHandler>& handler) noexcept;
  void throw_if_claimed() const;

  std::atomic<Stage> stage_{Stage::pending};
  bool is_claimed_ = false;  // by what takes from it
  const unsigned process_;   // in which it began
  std::shared_ptr<const ExceptionHandler> on_exception_;
  std::function<void()> resume_{};
  std::exception_ptr error_{};
  void* value_ = nullptr;
  Destroy destroy_ = nullptr;
};

}  // namespace segment::inline SEGMENT_ABI::detail
