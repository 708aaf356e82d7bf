#pragma once

#include <chrono>
#include <string>

#include "engine/call.hpp"
#include "segment/types/timestamp.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

// Background jobs are never carried out: their progress depends on their age alone, so that the
// same calls at the same times always get the same responses.

/// How long the first part of a job takes, and the whole job.
inline constexpr std::chrono::seconds job_begun{1};
inline constexpr std::chrono::seconds job_done{3};

/// A time as in responses.
[[nodiscard]] inline std::string time_text(std::chrono::system_clock::time_point when) {
  return Timestamp(when).text();
}

/// The time that `time_text` wrote.
[[nodiscard]] inline std::chrono::system_clock::time_point time_of(const Json& text) {
  const auto time = Timestamp(text.as_string()).time_point();
  return std::chrono::time_point_cast<std::chrono::system_clock::duration>(
      time.value_or(Timestamp::TimePoint{}));
}

/// How long ago something was.
[[nodiscard]] inline std::chrono::system_clock::duration age(const Call& call, const Json& text) {
  return call.now - time_of(text);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
