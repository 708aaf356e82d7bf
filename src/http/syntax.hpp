#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "segment/version.hpp"

// The syntax of headers, paths and base URLs.

namespace segment::inline SEGMENT_ABI::detail {

/// Whether text can be a header's name, which HTTP calls a token.
[[nodiscard]] bool is_header_name(std::string_view text) noexcept;

/// Whether text can be a header's value: no control characters.
[[nodiscard]] bool is_header_value(std::string_view text) noexcept;

/// Reads a date as servers write it: the three forms of HTTP (`Mon, 23 Nov 2026 18:00:00 GMT`,
/// `Monday, 23-Nov-26 18:00:00 GMT`, `Mon Nov 23 18:00:00 2026`), mail's with its zones, offsets
/// and comments, JavaScript's (`Mon Nov 23 2026 18:00:00 GMT+0000 (UTC)`), and RFC 3339's. Case is
/// ignored, a missing zone means UTC, and a fraction of a second rounds up.
///
/// \return std::nullopt for anything else.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

/// Appends text percent-encoded: everything but letters, digits and `-._~`.
SEGMENT_EXPORT_INTERNAL void append_percent_encoded(std::string& out, std::string_view text);

/// The byte that the percent escape at the beginning of the text stands for; std::nullopt if there
/// is none.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::optional<char> escaped_byte(
    std::string_view text) noexcept;

/// Decodes the percent escapes of a text; std::nullopt if a percent sign begins none.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::optional<std::string> percent_decoded(
    std::string_view text);

/// Checks a base URL that the token may be sent to, and removes slashes from its end.
///
/// \throws ConfigurationError unless it is `https://host[:port][/path]`, or `http://` with an
///         address of this machine, without a user, a query or a fragment.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::string checked_base_url(std::string_view url);

}  // namespace segment::inline SEGMENT_ABI::detail
