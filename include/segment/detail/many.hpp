#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <stop_token>

#include "segment/detail/task_state.hpp"
#include "segment/many_options.hpp"

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

}  // namespace segment::inline SEGMENT_ABI::detail
