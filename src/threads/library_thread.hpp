#pragma once

#include <functional>
#include <thread>

namespace segment::detail {

/// Begins a thread of the library's own. No signal of the program's is delivered to it.
///
/// \param name for debuggers and `top`, at most 15 characters.
/// \throws std::system_error where there is none to be had.
[[nodiscard]] std::thread begin_library_thread(const char* name, std::function<void()> work);

/// Whether the calling thread is one of the library's own, which must wait for nothing that another
/// of them does.
[[nodiscard]] bool is_library_thread() noexcept;

/// Waits for the end of a library thread; on itself, which cannot be waited for, lets it end alone.
void end_library_thread(std::thread& thread);

}  // namespace segment::detail
