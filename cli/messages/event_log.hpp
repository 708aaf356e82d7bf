#pragma once

#include "segment/call_event.hpp"

namespace segment::cli {

/// Tells what happens in a call on standard error, a line each try and each wait: the operation and
/// its path's template, never the path as it was filled in, which can hold a write key.
void log_event(const CallEvent& event);

/// Tells on standard error of a wait that somebody would wonder about: for what, and how long.
void tell_of_wait(const CallEvent& event);

}  // namespace segment::cli
