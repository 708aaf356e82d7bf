#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

namespace segment::cli {

/// The content of a file, without a byte order mark at its beginning.
///
/// \param source its name, or `-` for standard input.
/// \param what it is, for messages: `the input file`.
/// \throws Malformed that says why it cannot be read, and if standard input was read before.
[[nodiscard]] std::string read_text(const std::string& source, const std::string& what);

/// The content of a file; nothing if it does not exist.
///
/// \throws Malformed if it exists and cannot be read.
[[nodiscard]] std::optional<std::string> read_text_if_there(const std::string& name);

/// Checks that a file can be replaced, by creating a file beside it and deleting that again.
///
/// \throws Malformed that says why it cannot.
void require_replaceable(const std::string& path);

/// Replaces a file atomically: a reader sees the old content or the new, even after a power
/// failure. A symbolic link stays, and the file that it points to is replaced.
///
/// \param mode of the new file, reduced by the umask.
/// \throws std::runtime_error if it cannot be written; the old file stays.
void replace_file(const std::string& path, std::string_view text, mode_t mode);

}  // namespace segment::cli
