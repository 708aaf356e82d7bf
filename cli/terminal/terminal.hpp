#pragma once

#include <cstddef>

namespace segment::cli {

/// Whether people read standard output, or standard error, as it comes.
[[nodiscard]] bool output_is_terminal() noexcept;
[[nodiscard]] bool error_is_terminal() noexcept;

/// How many columns standard output has, or standard error; as many as you like where it is no
/// terminal.
[[nodiscard]] std::size_t output_width() noexcept;
[[nodiscard]] std::size_t error_width() noexcept;

}  // namespace segment::cli
