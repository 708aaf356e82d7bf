#pragma once

#include <chrono>
#include <memory>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Something with its own thread, which must end before the process does.
class Background {
 public:
  Background() = default;
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  virtual ~Background() = default;

  /// Ends its thread, and waits for that if the calling thread may.
  virtual void end() noexcept = 0;

  /// Stops what it still carries at the deadline.
  virtual void stop_at(std::chrono::steady_clock::time_point deadline) = 0;

  /// Ends what it carries, then its thread, because the process is about to exit.
  virtual void end_at_exit() noexcept = 0;

  /// Whether the thread has ended, so that joining it takes no time.
  [[nodiscard]] virtual bool has_ended() const noexcept = 0;

  /// Waits for the end of its thread.
  virtual void join() noexcept = 0;
};

/// Keeps what has just started until it is released, and ends it if the process exits before that.
/// In a forked child it is kept forever and never touched.
void keep_until_exit(std::shared_ptr<Background> background);

/// Releases what has ended and was waited for.
void release(const Background& background) noexcept;

/// Makes all that is kept end when the process exits, before the exit handlers registered so far
/// run. Call it after initialising a library that has such handlers.
void end_all_at_exit() noexcept;

}  // namespace segment::inline SEGMENT_ABI::detail
