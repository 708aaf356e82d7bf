#pragma once

#include <string_view>

namespace segment::detail {

/// Whether the bytes are well-formed UTF-8 (no overlong forms, no surrogates).
[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;

}  // namespace segment::detail
