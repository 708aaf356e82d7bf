#pragma once

#include <memory>

#include "segment/call_event.hpp"

namespace spdlog {
class logger;
}  // namespace spdlog

/// Logs of calls by spdlog. Link `segment::spdlog`.
namespace segment::inline SEGMENT_ABI::spdlog {

/// An observer that logs calls, for `ClientOptions::on_event`: a line for each attempt, a warning
/// where it is retried, an error where a call fails, and the rest at the level of debugging.
/// Nothing that it logs is secret, but for a `CallOptions::tag` that is.
///
/// \param logger must not be null.
[[nodiscard]] SEGMENT_EXPORT CallObserver log_calls(std::shared_ptr<::spdlog::logger> logger);

}  // namespace segment::inline SEGMENT_ABI::spdlog
