#pragma once

#include <string>
#include <string_view>

#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Whether this library was built with a reader of TOML.
[[nodiscard]] bool reads_toml() noexcept;

/// Reads a TOML document: tables as objects, dates and times as text.
///
/// \throws ConfigurationError that says where it is none, and repeats nothing of it: it could be a
///         token. The same where the library was built without a reader.
[[nodiscard]] Json read_toml(std::string_view text);

/// Writes an object without null in it as TOML.
///
/// \throws ConfigurationError where the library was built without a writer.
[[nodiscard]] std::string write_toml(const Json& document);

}  // namespace segment::inline SEGMENT_ABI::detail
