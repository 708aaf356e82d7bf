#pragma once

#include <memory>
#include <utility>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A shared pointer that is copied when moved, so that a moved-from object still has it.
///
/// Copying: shares. Cost: a shared pointer. Thread safety: as a shared pointer.
template <class T>
class Shared {
 public:
  Shared(std::shared_ptr<T> pointer) noexcept  // NOLINT(google-explicit-constructor)
      : pointer_(std::move(pointer)) {}
  Shared(const Shared&) noexcept = default;
  Shared& operator=(const Shared&) noexcept = default;
  ~Shared() = default;

  operator const std::shared_ptr<T>&() const noexcept {  // NOLINT(google-explicit-constructor)
    return pointer_;
  }
  [[nodiscard]] T& operator*() const noexcept { return *pointer_; }
  [[nodiscard]] T* operator->() const noexcept { return pointer_.get(); }

 private:
  std::shared_ptr<T> pointer_;
};

/// Throws std::logic_error for the use of an object after it was moved from or its result taken.
///
/// \param what a sentence without its full stop, for example `this list was moved from`.
[[noreturn]] SEGMENT_EXPORT void throw_used_up(const char* what);

}  // namespace segment::inline SEGMENT_ABI::detail
