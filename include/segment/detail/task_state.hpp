#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Where the result of a task lands, whatever its type, and who is waiting for it.
///
/// Copying: not copyable; shared by who fills it and who takes from it. Cost: one allocation.
/// Thread safety: one thread fills it, one thread takes from it.
class SEGMENT_EXPORT TaskState {
 public:
  using Destroy = void (*)(void* value) noexcept;

  TaskState() = default;
  ~TaskState();
  TaskState(const TaskState&) = delete;
  TaskState& operator=(const TaskState&) = delete;

  /// Lands a value, which is destroyed with this; null for a task without one. Then whoever waits
  /// goes on, within this call. An exception of theirs ends the program.
  void succeed(void* value, Destroy destroy) noexcept;
  void fail(std::exception_ptr error) noexcept;

  /// Whether it has landed.
  [[nodiscard]] bool is_done() const noexcept {
    return stage_.load(std::memory_order_acquire) == Stage::done;
  }

  /// Says that the result is taken by the caller, and by nobody after it. Throws std::logic_error
  /// where it was taken before.
  void claim();

  /// Has this run when it lands, on the thread where it does; false, and nothing is kept, where it
  /// has landed already.
  bool await(std::function<void()> go_on);

  /// Blocks until it has landed. Throws std::logic_error where the result was taken before, and on
  /// a thread of the library's own, which would wait for itself.
  void wait() const;

  /// After it has landed: the value, or the error is thrown.
  [[nodiscard]] void* value() const;
  [[nodiscard]] const std::exception_ptr& error() const noexcept { return error_; }

 private:
  enum class Stage : std::uint8_t { pending, awaited, done };

  void land() noexcept;
  void throw_if_claimed() const;

  std::atomic<Stage> stage_{Stage::pending};
  bool is_claimed_ = false;  // by who takes from it
  std::function<void()> go_on_{};
  std::exception_ptr error_{};
  void* value_ = nullptr;
  Destroy destroy_ = nullptr;
};

}  // namespace segment::inline SEGMENT_ABI::detail
