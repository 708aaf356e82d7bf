#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

namespace segment::cli {

/// What a file holds.
///
/// \param source its name, or `-` for standard input.
/// \param what it is, for messages: `the input file`.
/// \throws Malformed that says why it cannot be read.
[[nodiscard]] std::string read_text(const std::string& source, const std::string& what);

/// What a file holds; nothing where there is none of this name.
///
/// \throws Malformed where it is there, or could be, and cannot be read.
[[nodiscard]] std::optional<std::string> read_text_if_there(const std::string& name);

/// Writes a file anew. Who reads it sees the old one or the new one, also after the power went.
///
/// \param mode of the new one, less what the umask takes off.
/// \throws std::runtime_error where it cannot be written: the old one stays.
void replace_file(const std::string& path, std::string_view text, mode_t mode);

}  // namespace segment::cli
