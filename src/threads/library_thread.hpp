#pragma once

#include <csignal>
#include <functional>
#include <thread>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Starts a thread of the library. No signal of the program is delivered to it, except those that
/// it causes itself, and those that arrive while it runs callbacks.
///
/// \param name for debuggers and `top`, at most 15 characters.
/// \throws std::system_error if no thread can be created.
[[nodiscard]] std::thread begin_library_thread(const char* name, std::function<void()> work);

/// Marks the calling thread, while this lives, as one that carries calls, which must not wait for
/// one. On a library thread the application's code then has the program's signal mask, which is
/// what processes that it starts inherit.
///
/// Copying: not copyable. Cost: two system calls on a library thread, none inside another scope or
/// on any other thread. Thread safety: belongs to the thread that made it.
class CallbackScope {
 public:
  CallbackScope() noexcept;
  ~CallbackScope();
  CallbackScope(const CallbackScope&) = delete;
  CallbackScope& operator=(const CallbackScope&) = delete;

 private:
  sigset_t before_{};
  bool has_programs_mask_ = false;
  unsigned generation_;
};

/// Whether the calling thread may wait for a call; one that carries calls would wait for itself.
[[nodiscard]] bool may_wait() noexcept;

/// \param what the request, as the start of a sentence that continues with why it is refused.
/// \throws std::logic_error if the calling thread must not wait.
void require_may_wait(const char* what);

}  // namespace segment::inline SEGMENT_ABI::detail
