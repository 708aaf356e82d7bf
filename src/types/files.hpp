#pragma once

#include <sys/types.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A file's content; std::nullopt if it does not exist.
///
/// \param most the number of bytes to read. Up to 64 KiB, only what is returned is left in memory.
/// \throws ConfigurationError if it cannot be read.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::optional<std::string> read_file(
    const std::string& path, std::size_t most = std::string::npos);

/// Refuses a file that others than its owner can read or write.
///
/// \throws ConfigurationError that names the command to change that.
void require_private(const std::string& path);

/// Creates a folder and its missing parents with mode 0700; an empty path is the current folder.
///
/// \throws ConfigurationError if it cannot be created.
void make_private_folders(const std::string& folder);

/// Replaces a file atomically: a reader sees the old content or the new, even after a power
/// failure. A symbolic link stays, and the file that it points to is replaced.
///
/// \param mode of the new file, reduced by the umask.
/// \throws ConfigurationError if it cannot be written; the old file stays.
SEGMENT_EXPORT_INTERNAL void replace_file(const std::string& path, std::string_view content,
                                          mode_t mode);

/// Keeps other processes, and other threads, that do the same from the folder of a file for as long
/// as this lives. The system releases it when a process ends. Where a file system cannot lock, this
/// does nothing.
class LockedFolder {
 public:
  /// \param path of the file; the folder is that of the file to which a symbolic link points.
  explicit LockedFolder(const std::string& path);
  ~LockedFolder();
  LockedFolder(const LockedFolder&) = delete;
  LockedFolder& operator=(const LockedFolder&) = delete;

 private:
  int folder_;
};

}  // namespace segment::inline SEGMENT_ABI::detail
