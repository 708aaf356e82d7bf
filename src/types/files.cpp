#include "types/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "segment/error.hpp"
#include "segment/types/secret.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

[[noreturn]] void fail(const std::string& path, const std::string& what, int number) {
  throw ConfigurationError("the file " + path + " cannot be " + what + ": " +
                           std::generic_category().message(number));
}

// `0644`
std::string octal(mode_t mode) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%04o", static_cast<unsigned>(mode & 07777U));
  return text.data();
}

bool write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

// What a symbolic link points to, whether or not that exists; other paths as they are.
std::string behind_links(const std::string& path) {
  constexpr int longest_chain = 40;  // as for the kernel, which refuses to read behind a longer one
  std::filesystem::path place = path;
  for (int i = 0; i < longest_chain; ++i) {
    std::error_code failure;
    const std::filesystem::path target = std::filesystem::read_symlink(place, failure);
    if (failure) break;  // usually: it is not a link
    place = place.parent_path() / target;
  }
  return place.string();
}

// Next to the file, so that it can be renamed without being copied. A killed process may have left
// a file with this process's number.
int open_beside(const std::string& path, mode_t mode, std::string& name) {
  for (int i = 0;; ++i) {
    name = path + "." + std::to_string(::getpid()) + "." + std::to_string(i);
    const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (file >= 0 || errno != EEXIST) return file;
  }
}

}  // namespace

// Not with a stream, whose buffer would keep what it has read.
std::optional<std::string> read_file(const std::string& path, std::size_t most) {
  constexpr std::size_t at_a_time = (std::size_t{64} << 10U) + 1;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (file < 0) fail(path, "read", errno);
  std::string content;
  std::size_t length = 0;
  ssize_t count = 0;
  do {
    content.resize(std::min(most, length + at_a_time));
    count = ::read(file, content.data() + length, content.size() - length);
    if (count > 0) length += static_cast<std::size_t>(count);
  } while (count > 0 || (count < 0 && errno == EINTR));
  const int failure = count < 0 ? errno : 0;
  ::close(file);
  if (failure != 0) {
    wipe(content.data(), length);
    fail(path, "read", failure);
  }
  content.resize(length);
  return content;
}

void require_private(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) fail(path, "read", errno);
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) == 0) return;
  throw ConfigurationError("the file " + path +
                           " contains a token and is accessible to others (mode " +
                           octal(facts.st_mode) + "); run: chmod 600 " + path);
}

void make_private_folders(const std::string& folder) {
  std::error_code failure;
  if (folder.empty() || std::filesystem::exists(folder, failure)) return;
  if (failure) fail(folder, "made", failure.value());
  make_private_folders(std::filesystem::path(folder).parent_path());
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) fail(folder, "made", errno);
}

void replace_file(const std::string& path, std::string_view content, mode_t mode) {
  const std::string real = behind_links(path);
  std::string temporary;
  const int file = open_beside(real, mode, temporary);
  if (file < 0) fail(path, "written", errno);
  int failure = write_all(file, content) ? 0 : errno;
  if (::close(file) != 0 && failure == 0) failure = errno;
  if (failure == 0 && std::rename(temporary.c_str(), real.c_str()) != 0) failure = errno;
  if (failure == 0) return;
  ::unlink(temporary.c_str());
  fail(path, "written", failure);
}

LockedFolder::LockedFolder(const std::string& path) {
  const std::string folder = std::filesystem::path(behind_links(path)).parent_path().string();
  folder_ = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder_ < 0) return;  // what is to be done there fails, and says why
  while (::flock(folder_, LOCK_EX) != 0 && errno == EINTR) continue;
}

LockedFolder::~LockedFolder() {
  if (folder_ < 0) return;
  ::flock(folder_, LOCK_UN);  // a forked child has a copy of the descriptor, which would hold it
  ::close(folder_);
}

}  // namespace segment::inline SEGMENT_ABI::detail
