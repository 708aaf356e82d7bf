#pragma once

#include <functional>
#include <thread>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Begins a thread of the library's own. No signal of the program's is delivered to it, but for
/// those that it brings on itself.
///
/// \param name for debuggers and `top`, at most 15 characters.
/// \throws std::system_error where there is none to be had.
[[nodiscard]] std::thread begin_library_thread(const char* name, std::function<void()> work);

/// Marks the calling thread, for as long as it lives, as one that carries calls on: all of the
/// library's own, and one of a transport's of the user's own while it hands an answer over.
///
/// Copying: not copyable. Cost: none. Thread safety: belongs to the thread that made it.
class CarryingCalls {
 public:
  CarryingCalls() noexcept;
  ~CarryingCalls();
  CarryingCalls(const CarryingCalls&) = delete;
  CarryingCalls& operator=(const CarryingCalls&) = delete;
};

/// Whether the calling thread carries calls on: it must not wait for one, which could never end.
[[nodiscard]] bool is_carrying_calls() noexcept;

/// Waits for the end of a library thread; on itself, which cannot be waited for, lets it end alone.
void end_library_thread(std::thread& thread);

}  // namespace segment::inline SEGMENT_ABI::detail
