#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

#include "segment/version.hpp"

// A forked child has only the thread that forked. What other threads held at that moment, such as a
// lock or the guard of a static variable under construction, stays held in the child forever. So
// nothing here is created on first use but at load time, and what a call locks is a ForkSafeMutex,
// or belongs to one process only.

namespace segment::inline SEGMENT_ABI::detail {

/// How many forks led to this process: what was made in another generation belongs to a parent.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL unsigned process_generation() noexcept;

/// Keeps threads from forking while it lives: a process-wide lock, for what exists once per
/// process.
///
/// Held only for moments: nothing else is locked meanwhile, and nothing waits.
///
/// Copying: not copyable. Cost: a lock. Thread safety: a lock's.
class ForkLock {
 public:
  ForkLock();
  ~ForkLock();
  ForkLock(const ForkLock&) = delete;
  ForkLock& operator=(const ForkLock&) = delete;
};

/// A mutex that no other thread holds at a fork: the forking thread waits for it.
///
/// Held only for moments: nothing else is locked meanwhile, and no other one is made or destroyed.
///
/// Copying: not copyable. Cost: that of std::mutex; making and destroying it take a process-wide
/// lock. Thread safety: a mutex's.
class ForkSafeMutex {
 public:
  ForkSafeMutex();
  ~ForkSafeMutex();
  ForkSafeMutex(const ForkSafeMutex&) = delete;
  ForkSafeMutex& operator=(const ForkSafeMutex&) = delete;

  void lock() { mutex_.lock(); }
  void unlock() { mutex_.unlock(); }

 private:
  std::mutex mutex_{};
};

/// Makes a forked child call this before it continues.
void call_in_forked_child(void (*function)());

/// Keeps an object of the parent process, which a child can neither use nor destroy.
SEGMENT_EXPORT_INTERNAL void leave_to_parent(std::shared_ptr<const void> of_parent);

/// An object that each forked child makes for itself. The parent's may be locked by a thread that
/// does not exist in the child, and its connections are the parent's, so the child neither uses nor
/// destroys it.
///
/// Copying: not copyable. Cost: an atomic load per use. Thread safety: any number of threads.
template <class Value>
class PerProcess {
 public:
  PerProcess() = default;
  ~PerProcess() {
    auto* node = newest_.load(std::memory_order_acquire);
    while (node != nullptr) {
      const std::unique_ptr<Node> owned(node);
      node = owned->of_parent;
      if (!owned->is_of_this_process()) leave_to_parent(std::move(owned->value));
    }
  }
  PerProcess(const PerProcess&) = delete;
  PerProcess& operator=(const PerProcess&) = delete;

  /// This process's object, which is made on first use.
  ///
  /// \param make returns a smart pointer to a new one. If several threads make one at the same
  ///        time, one of them is kept.
  template <class Make>
  [[nodiscard]] Value& get(Make make) {
    Node* newest = newest_.load(std::memory_order_acquire);
    if (newest != nullptr && newest->is_of_this_process()) return *newest->value;
    auto fresh = std::make_unique<Node>(Node{process_generation(), make(), newest});
    if (newest_.compare_exchange_strong(newest, fresh.get(), std::memory_order_acq_rel)) {
      newest = fresh.release();
    }
    return *newest->value;
  }

  /// This process's object; null if none was made.
  [[nodiscard]] Value* find() const noexcept {
    Node* const newest = newest_.load(std::memory_order_acquire);
    const bool is_own = newest != nullptr && newest->is_of_this_process();
    return is_own ? newest->value.get() : nullptr;
  }

 private:
  struct Node {
    unsigned generation;
    std::shared_ptr<Value> value;
    Node* of_parent;

    [[nodiscard]] bool is_of_this_process() const noexcept {
      return generation == process_generation();
    }
  };

  std::atomic<Node*> newest_ = nullptr;
};

}  // namespace segment::inline SEGMENT_ABI::detail
