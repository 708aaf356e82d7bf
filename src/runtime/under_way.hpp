#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

class Core;

/// Counts what still uses a client's core on the library's threads, so that the last copy of the
/// client can wait for it.
///
/// Copying: not copyable; shared, as it outlives the core by a moment. Cost: one atomic number.
/// Thread safety: any thread.
class UnderWay {
 public:
  void wait_until_none() const noexcept {
    for (std::size_t count = count_.load(); count != 0; count = count_.load()) count_.wait(count);
  }

 private:
  friend class CoreHold;

  std::atomic<std::size_t> count_ = 0;
};

/// A hold on a core that is counted until after it was let go.
///
/// Copying: a value. Cost: two shared pointers. Thread safety: as a shared pointer.
class CoreHold {
 public:
  CoreHold() = default;
  CoreHold(std::shared_ptr<const Core> core, std::shared_ptr<UnderWay> under_way) noexcept
      : under_way_(std::move(under_way)), core_(std::move(core)) {
    ++under_way_->count_;
  }
  CoreHold(const CoreHold& other) noexcept : under_way_(other.under_way_), core_(other.core_) {
    if (under_way_) ++under_way_->count_;
  }
  CoreHold(CoreHold&& other) noexcept = default;
  CoreHold& operator=(CoreHold other) noexcept {
    std::swap(under_way_, other.under_way_);
    std::swap(core_, other.core_);
    return *this;
  }
  ~CoreHold() {
    core_.reset();
    if (under_way_ && --under_way_->count_ == 0) under_way_->count_.notify_all();
  }

  [[nodiscard]] const std::shared_ptr<const Core>& core() const noexcept { return core_; }

 private:
  std::shared_ptr<UnderWay> under_way_{};
  std::shared_ptr<const Core> core_{};
};

}  // namespace segment::inline SEGMENT_ABI::detail
