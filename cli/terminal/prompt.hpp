#pragma once

#include <string>
#include <string_view>

namespace segment::cli {

/// Whether there is somebody to ask: standard input and standard error are a terminal.
[[nodiscard]] bool can_ask() noexcept;

/// Asks on standard error, and returns the line that is typed; empty at the end of the input.
[[nodiscard]] std::string ask(std::string_view question);

/// The same; what is typed is not shown.
[[nodiscard]] std::string ask_unseen(std::string_view question);

/// Whether the answer is yes; an empty answer is no.
[[nodiscard]] bool confirm(std::string_view question);

}  // namespace segment::cli
