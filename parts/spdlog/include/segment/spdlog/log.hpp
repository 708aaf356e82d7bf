#pragma once

#include <memory>

#include "segment/call_event.hpp"

namespace spdlog {
class logger;
}  // namespace spdlog

/// Logs calls with spdlog. Link `segment::spdlog`.
namespace segment::inline SEGMENT_ABI::spdlog {

/// An observer that logs calls, for `ClientOptions::on_event`: a line for each attempt, a warning
/// for a retry, an error if a call fails, and the rest at debug level. It logs no secrets, unless
/// your `CallOptions::tag` is one.
///
/// \param logger must not be null.
[[nodiscard]] SEGMENT_EXPORT CallObserver log_calls(std::shared_ptr<::spdlog::logger> logger);

}  // namespace segment::inline SEGMENT_ABI::spdlog
