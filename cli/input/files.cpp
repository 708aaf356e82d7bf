#include "input/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <stdexcept>
#include <system_error>

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

// A name that was free; a process that was killed may have left one of this process's number.
int open_beside(const std::string& path, mode_t mode, std::string& name) {
  for (int i = 0;; ++i) {
    name = path + "." + std::to_string(::getpid()) + "." + std::to_string(i);
    const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (file >= 0 || errno != EEXIST) return file;
  }
}

}  // namespace

std::string read_text(const std::string& source, const std::string& what) {
  return source == "-" ? all_of(STDIN_FILENO, "standard input") : OpenFile(source).text(what);
}

std::optional<std::string> read_text_if_there(const std::string& name) {
  const OpenFile file(name);
  if (!file.is_open() && errno == ENOENT) return std::nullopt;
  return file.text(name);
}

void replace_file(const std::string& path, std::string_view text, mode_t mode) {
  std::string temporary;
  const int file = open_beside(path, mode, temporary);
  if (file < 0) throw std::runtime_error(path + " cannot be written: " + reason(errno));
  const bool is_written = write_all(file, text);
  int failure = is_written ? 0 : errno;
  if (::close(file) != 0 && failure == 0) failure = errno;
  if (failure == 0 && std::rename(temporary.c_str(), path.c_str()) != 0) failure = errno;
  if (failure == 0) return;
  ::unlink(temporary.c_str());
  throw std::runtime_error(path + " cannot be written: " + reason(failure));
}

}  // namespace segment::cli
