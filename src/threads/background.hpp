#pragma once

#include <chrono>
#include <memory>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Something with a thread of its own, which has to end before the process does.
class Background {
 public:
  Background() = default;
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  virtual ~Background() = default;

  /// Ends its thread, and waits for that where the calling thread may.
  virtual void end() noexcept = 0;

  /// Stops what it still carries then.
  virtual void stop_at(std::chrono::steady_clock::time_point deadline) = 0;

  /// Ends what it carries and then its thread, as the process is about to exit.
  virtual void end_at_exit() noexcept = 0;

  /// Whether the thread is done, so that joining it takes no time.
  [[nodiscard]] virtual bool has_ended() const noexcept = 0;

  /// Waits for the end of its thread.
  virtual void join() noexcept = 0;
};

/// Keeps what has just begun until it is released. A process that exits before that ends it. In a
/// forked child it is kept for ever and never touched.
void keep_until_exit(std::shared_ptr<Background> background);

/// Lets go of what has ended and was waited for.
void release(const Background& background) noexcept;

/// Has all that is kept end when the process exits, before the exit handlers that exist by now run:
/// to be called when a library that has such handlers was initialised.
void end_all_at_exit() noexcept;

}  // namespace segment::inline SEGMENT_ABI::detail
