#pragma once

#include <exception>
#include <functional>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// Where an asynchronous call's answer is read and its callback or coroutine goes on: it is handed
/// a piece of work and runs it, once, on whatever thread it likes, for example
///
///     [&io](std::function<void()> work) { asio::post(io, std::move(work)); }
///
/// Work that is dropped instead ends its call with a CancelledError. An exception that leaves the
/// executor ends the call with that exception. Called from any of the library's threads.
using Executor = std::function<void(std::function<void()>)>;

/// Told of an exception that has left a callback. Called on the thread where the callback ran; what
/// it throws itself ends the program.
using ExceptionHandler = std::function<void(std::exception_ptr)>;

}  // namespace segment::inline SEGMENT_ABI
