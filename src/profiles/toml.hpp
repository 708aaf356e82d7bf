#pragma once

#include <string>
#include <string_view>

#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Whether this library was built with a TOML reader.
[[nodiscard]] bool reads_toml() noexcept;

/// Reads a TOML document: tables as objects, dates and times as text.
///
/// \throws ConfigurationError that says where the text is invalid, but quotes nothing of it, which
///         could be a token; also if the library was built without a reader.
[[nodiscard]] Json read_toml(std::string_view text);

/// Writes an object that contains no null as TOML.
///
/// \throws ConfigurationError if the library was built without a writer.
[[nodiscard]] std::string write_toml(const Json& document);

}  // namespace segment::inline SEGMENT_ABI::detail
