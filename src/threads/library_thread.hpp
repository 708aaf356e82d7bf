#pragma once

#include <csignal>
#include <functional>
#include <thread>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Begins a thread of the library's own. No signal of the program's is delivered to it, except for
/// those that it brings on itself, and those that come while a callback runs.
///
/// \param name for debuggers and `top`, at most 15 characters.
/// \throws std::system_error where there is none to be had.
[[nodiscard]] std::thread begin_library_thread(const char* name, std::function<void()> work);

/// Marks the calling thread, for as long as it lives, as one that carries calls: it may not wait
/// for one. On a thread of the library's own the application's code then finds the signal mask of
/// the program, which is what a process inherits that it starts.
///
/// Copying: not copyable. Cost: two system calls on a thread of the library's own, none inside
/// another scope or on any other thread. Thread safety: belongs to the thread that made it.
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

/// Whether the calling thread may wait for a call: not one that carries calls, which would wait for
/// itself.
[[nodiscard]] bool may_wait() noexcept;

/// \param what what was asked for: a sentence that is followed by the reason why not.
/// \throws std::logic_error where the calling thread may not wait.
void require_may_wait(const char* what);

}  // namespace segment::inline SEGMENT_ABI::detail
