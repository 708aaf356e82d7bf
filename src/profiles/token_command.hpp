#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "segment/types/secret.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The token that a program prints on its first line. The program reads nothing from standard
/// input; what it writes to standard error is shown.
///
/// \param command the program, looked up on the PATH, and its arguments; no shell is involved.
/// \throws ConfigurationError if it cannot be started, fails, takes longer than that, or prints no
///         token. The message contains nothing that it printed.
[[nodiscard]] Token token_of_command(const std::vector<std::string>& command,
                                     std::chrono::milliseconds timeout);

}  // namespace segment::inline SEGMENT_ABI::detail
