#pragma once

#include <string>
#include <vector>

#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

/// Throws a ConfigurationError where the file's folder is not there.
void check_folder(const std::string& path);

/// Writes exchanges to a file, whole or not at all.
///
/// \throws ConfigurationError where the file system does not let it.
void write_recording(const std::string& path, Json::Array exchanges);

/// Reads what `write_recording` wrote.
///
/// \throws ConfigurationError where the file cannot be read, or is no recording.
[[nodiscard]] std::vector<Json> read_recording(const std::string& path);

}  // namespace segment::inline SEGMENT_ABI::testing::detail
