#pragma once

#include <atomic>
#include <memory>

#include "segment/version.hpp"
#include "threads/process.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// An object that a forked child makes anew. The parent's may be locked by a thread that does not
/// exist in the child, and its connections are the parent's: there it is neither used nor
/// destroyed.
///
/// Copying: not copyable. Cost: an atomic load a use. Thread safety: any number of threads.
template <class Value>
class PerProcess {
 public:
  PerProcess() = default;
  ~PerProcess() { delete own(); }
  PerProcess(const PerProcess&) = delete;
  PerProcess& operator=(const PerProcess&) = delete;

  /// The one of this process, which is made where there is none.
  ///
  /// \param make returns a std::unique_ptr to a new one. Of several that threads make at the same
  ///        time one is kept.
  template <class Make>
  [[nodiscard]] Value& get(Make make) {
    Node* newest = newest_.load(std::memory_order_acquire);
    if (is_own(newest)) return *newest->value;
    auto fresh =
        std::make_unique<Node>(Node{segment::detail::process_generation(), make(), newest});
    if (newest_.compare_exchange_strong(newest, fresh.get(), std::memory_order_acq_rel)) {
      newest = fresh.release();
    }
    return *newest->value;
  }

 private:
  struct Node {
    unsigned generation;
    std::unique_ptr<Value> value;
    const Node* of_parent;  // never read: a leak checker shall see that it is kept
  };

  [[nodiscard]] static bool is_own(const Node* node) noexcept {
    return node != nullptr && node->generation == segment::detail::process_generation();
  }
  [[nodiscard]] Node* own() const noexcept {
    Node* const newest = newest_.load(std::memory_order_acquire);
    return is_own(newest) ? newest : nullptr;
  }

  std::atomic<Node*> newest_ = nullptr;
};

}  // namespace segment::inline SEGMENT_ABI::http::detail
