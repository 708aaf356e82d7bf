#pragma once

#include <exception>
#include <functional>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// Runs a function, once, on a thread of its choice: an asynchronous call's response is decoded
/// there, and its callback or coroutine resumes there.
///
///     std::mutex mutex;
///     std::vector<std::function<void()>> queue;  // for one thread, which locks the mutex too
///     auto async = client.async([&](std::function<void()> work) {
///       const std::scoped_lock lock(mutex);
///       queue.push_back(std::move(work));
///     });
///
/// Several of the library's threads may call it at the same time. If it drops the function, the
/// call fails with CancelledError; if it throws, with that exception.
using Executor = std::function<void(std::function<void()>)>;

/// Receives an exception that left a callback, on the thread where the callback ran. If it throws,
/// the program ends.
using ExceptionHandler = std::function<void(std::exception_ptr)>;

}  // namespace segment::inline SEGMENT_ABI
