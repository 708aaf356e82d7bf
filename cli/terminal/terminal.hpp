#pragma once

#include <cstddef>

namespace segment::cli {

/// Whether people read standard output, or standard error, directly.
[[nodiscard]] bool output_is_terminal() noexcept;
[[nodiscard]] bool error_is_terminal() noexcept;

/// How many columns standard output has, or standard error; unlimited if it is not a terminal.
[[nodiscard]] std::size_t output_width() noexcept;
[[nodiscard]] std::size_t error_width() noexcept;

}  // namespace segment::cli
