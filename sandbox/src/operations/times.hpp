#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "engine/call.hpp"
#include "segment/types/timestamp.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// A query parameter that is a time.
///
/// \return nothing if it is absent.
/// \throws Refusal with 422 if it is not an RFC 3339 time.
[[nodiscard]] inline std::optional<Timestamp::TimePoint> time_parameter(const Call& call,
                                                                        const std::string& name) {
  const Json* given = query_parameter(call.query, name);
  if (given == nullptr) return std::nullopt;
  const auto time = Timestamp(given->as_string()).time_point();
  if (!time) throw invalid(name, "must be a time such as 2026-08-01T12:00:00Z");
  return time;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
