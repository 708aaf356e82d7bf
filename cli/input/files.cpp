#include "input/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "messages/errors.hpp"

namespace segment::cli {

namespace {

std::string reason(int number) { return std::generic_category().message(number); }

std::string all_of(int file, const std::string& what) {
  std::string text;
  std::array<char, std::size_t{64} * 1024> part{};
  for (;;) {
    const ssize_t count = ::read(file, part.data(), part.size());
    if (count == 0) return text;
    if (count > 0) text.append(part.data(), static_cast<std::size_t>(count));
    if (count < 0 && errno != EINTR) throw Malformed(what + " cannot be read: " + reason(errno));
  }
}

/// A file that is open for reading.
class OpenFile {
 public:
  explicit OpenFile(const std::string& name) : file_(::open(name.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~OpenFile() {
    if (file_ >= 0) ::close(file_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  [[nodiscard]] bool is_open() const noexcept { return file_ >= 0; }
  [[nodiscard]] std::string text(const std::string& what) const {
    if (!is_open()) throw Malformed(what + " cannot be opened: " + reason(errno));
    return all_of(file_, what);
  }

 private:
  int file_;
};

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

// What a symbolic link points to, whether or not that exists; other paths as they are.
std::string behind_links(const std::string& path) {
  constexpr int longest_chain = 40;  // the kernel's own limit
  std::filesystem::path place = path;
  for (int i = 0; i < longest_chain; ++i) {
    std::error_code failure;
    const std::filesystem::path target = std::filesystem::read_symlink(place, failure);
    if (failure) break;  // usually: it is not a link
    place = place.parent_path() / target;
  }
  return place.string();
}

// Takes a free name: a process that was killed may have left a file with this process's number.
int open_beside(const std::string& path, mode_t mode, std::string& name) {
  for (int i = 0;; ++i) {
    name = path + "." + std::to_string(::getpid()) + "." + std::to_string(i);
    const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (file >= 0 || errno != EEXIST) return file;
  }
}

// A second read would get nothing, and an empty value would be sent.
std::string standard_input() {
  static bool is_read = false;
  if (std::exchange(is_read, true)) {
    throw Malformed("standard input can be read only once: give the other value in a file");
  }
  return all_of(STDIN_FILENO, "standard input");
}

// Some editors begin a text with a byte order mark, which would become part of its first value.
std::string without_mark(std::string text) {
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  return text;
}

}  // namespace

std::string read_text(const std::string& source, const std::string& what) {
  return without_mark(source == "-" ? standard_input() : OpenFile(source).text(what));
}

std::optional<std::string> read_text_if_there(const std::string& name) {
  const OpenFile file(name);
  if (!file.is_open() && errno == ENOENT) return std::nullopt;
  return file.text(name);
}

void require_replaceable(const std::string& path) {
  const std::string real = behind_links(path);
  struct stat facts {};
  if (::stat(real.c_str(), &facts) == 0 && !S_ISREG(facts.st_mode)) {
    throw Malformed(path + " cannot be written: it is not a regular file");
  }
  std::string temporary;
  const int file = open_beside(real, S_IRUSR | S_IWUSR, temporary);
  if (file < 0) throw Malformed(path + " cannot be written: " + reason(errno));
  ::close(file);
  ::unlink(temporary.c_str());
}

void replace_file(const std::string& path, std::string_view text, mode_t mode) {
  const std::string real = behind_links(path);
  std::string temporary;
  const int file = open_beside(real, mode, temporary);
  if (file < 0) throw std::runtime_error(path + " cannot be written: " + reason(errno));
  const bool is_written = write_all(file, text);
  int failure = is_written ? 0 : errno;
  if (::close(file) != 0 && failure == 0) failure = errno;
  if (failure == 0 && std::rename(temporary.c_str(), real.c_str()) != 0) failure = errno;
  if (failure == 0) return;
  ::unlink(temporary.c_str());
  throw std::runtime_error(path + " cannot be written: " + reason(failure));
}

}  // namespace segment::cli
