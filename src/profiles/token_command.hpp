#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "segment/types/secret.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The token that a program prints, on its first line. It reads nothing from standard input; what
/// it says on standard error is shown.
///
/// \param command the program, looked for on the PATH, and its arguments; no shell is between.
/// \throws ConfigurationError where it cannot be started, fails, takes longer than that, or prints
///         no token. Nothing that it printed stands in the message.
[[nodiscard]] Token token_of_command(const std::vector<std::string>& command,
                                     std::chrono::milliseconds timeout);

}  // namespace segment::inline SEGMENT_ABI::detail
