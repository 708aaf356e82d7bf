#pragma once

#include "segment/call_event.hpp"

namespace segment::cli {

/// Logs what happens in a call on standard error, a line for each attempt and each wait: the
/// operation and its path's template, never the actual path, which can contain a write key.
void log_event(const CallEvent& event);

/// Reports a wait that a user would wonder about on standard error: what for, and how long.
void tell_of_wait(const CallEvent& event);

}  // namespace segment::cli
