#include "profiles/secret_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "segment/error.hpp"

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

// Folders that are there keep their mode.
void make_folders(const std::filesystem::path& folder) {
  if (folder.empty() || std::filesystem::exists(folder)) return;
  make_folders(folder.parent_path());
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) fail(folder, "made", errno);
}

}  // namespace

std::optional<std::string> read_file(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    fail(path, "read", errno);
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  if (file && file.peek() != std::ifstream::traits_type::eof()) content << file.rdbuf();
  if (!file.is_open() || file.bad() || S_ISDIR(facts.st_mode)) {
    fail(path, "read", S_ISDIR(facts.st_mode) ? EISDIR : errno);
  }
  return std::move(content).str();
}

void require_private(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) fail(path, "read", errno);
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) == 0) return;
  throw ConfigurationError("the file " + path +
                           " contains a token and is accessible to others (mode " +
                           octal(facts.st_mode) + "); run: chmod 600 " + path);
}

void write_private_file(const std::string& path, std::string_view content) {
  make_folders(std::filesystem::path(path).parent_path());
  std::string temporary = path + ".XXXXXX";
  const int file = ::mkostemp(temporary.data(), O_CLOEXEC);  // of mode 0600
  if (file < 0) fail(path, "written", errno);
  const bool written = write_all(file, content);
  const int failure = errno;
  ::close(file);
  if (!written || std::rename(temporary.c_str(), path.c_str()) != 0) {
    const int number = written ? errno : failure;
    ::unlink(temporary.c_str());
    fail(path, "written", number);
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
