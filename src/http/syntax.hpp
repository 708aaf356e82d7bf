#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "segment/version.hpp"

// What the names and values of headers, paths and base URLs are made of.

namespace segment::inline SEGMENT_ABI::detail {

/// Whether text can be a header's name: the characters that HTTP calls a token.
[[nodiscard]] bool is_header_name(std::string_view text) noexcept;

/// Whether text can be a header's value: no control characters.
[[nodiscard]] bool is_header_value(std::string_view text) noexcept;

/// Appends text percent-encoded: everything but letters, digits and `-._~`.
SEGMENT_EXPORT_INTERNAL void append_percent_encoded(std::string& out, std::string_view text);

/// The byte that the percent escape stands for which the text begins with; nothing where it begins
/// with none.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::optional<char> escaped_byte(
    std::string_view text) noexcept;

/// A text with its percent escapes resolved; nothing where a percent sign begins none.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::optional<std::string> percent_decoded(
    std::string_view text);

/// A base URL that the token may be sent to, without a slash at its end.
///
/// \throws ConfigurationError unless it is `https://host[:port][/path]`, or `http://` and an
///        address of this machine, or where it holds a user, a query or a fragment.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::string checked_base_url(std::string_view url);

}  // namespace segment::inline SEGMENT_ABI::detail
