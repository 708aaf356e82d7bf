#pragma once

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

}  // namespace segment::inline SEGMENT_ABI
