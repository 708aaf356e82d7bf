#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Whether text can be a header's name: the characters that HTTP calls a token.
[[nodiscard]] bool is_header_name(std::string_view text) noexcept;

/// Whether text can be a header's value: no control characters.
[[nodiscard]] bool is_header_value(std::string_view text) noexcept;

/// Appends text percent-encoded: everything but letters, digits and `-._~`.
SEGMENT_EXPORT_INTERNAL void append_percent_encoded(std::string& out, std::string_view text);

/// A text with its percent escapes resolved; nothing where a percent sign begins none.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);

}  // namespace segment::inline SEGMENT_ABI::detail
