#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <system_error>

namespace segment::test {

/// The names in a folder; none if there is no such folder.
inline std::set<std::string> entries_of(const std::filesystem::path& folder) {
  std::set<std::string> names;
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(folder, missing)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

/// The ids of this process's threads; none if they cannot be determined.
inline std::set<std::string> threads() { return entries_of("/proc/self/task"); }

/// Its descriptors, and one more that is used to read them; none if they cannot be determined.
inline std::set<std::string> descriptors() { return entries_of("/proc/self/fd"); }

}  // namespace segment::test
