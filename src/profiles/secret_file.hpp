#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What a file holds; nothing where it does not exist.
///
/// \throws ConfigurationError where it cannot be read.
[[nodiscard]] std::optional<std::string> read_file(const std::string& path);

/// Refuses a file that others than its owner can read or write.
///
/// \throws ConfigurationError that says which command changes that.
void require_private(const std::string& path);

/// Writes a file of mode 0600, and folders of mode 0700 above it where they lack. It is whole or
/// what it was before.
///
/// \throws ConfigurationError where it cannot be written.
void write_private_file(const std::string& path, std::string_view content);

}  // namespace segment::inline SEGMENT_ABI::detail
