#pragma once

#include <string_view>

namespace segment::cli {

/// Whether a valid TOML document has a comment, which nothing that reads it keeps.
[[nodiscard]] bool has_comment(std::string_view toml) noexcept;

}  // namespace segment::cli
