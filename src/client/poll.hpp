#pragma once

#include <functional>
#include <string>

#include "call/core.hpp"
#include "segment/jobs.hpp"
#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What one look at a job showed.
struct Progress {
  enum class State : std::uint8_t { running, done, failed };
  State state = State::running;
  std::string status;  // the API's word
  Json job;            // all of it, where it failed
};

/// Looks at a job until it has ended, with growing pauses.
///
/// \param operation what a look calls: its published limit bounds the pauses from below.
/// \param look is given the options of its call.
/// \throws JobFailedError, TimeoutError, CancelledError, and what `look` throws.
void poll(const Core& core, const Operation& operation, const WaitOptions& options,
          const std::function<Progress(const CallOptions&)>& look);

}  // namespace segment::inline SEGMENT_ABI::detail
