#include "profiles/token_command.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <optional>
#include <string_view>
#include <system_error>
#include <thread>

#include "segment/error.hpp"

extern char** environ;

namespace segment::inline SEGMENT_ABI::detail {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t longest_output = std::size_t{64} << 10U;

/// Both ends of a pipe, which no other child inherits.
class TokenPipe {
 public:
  TokenPipe() {
    if (::pipe2(ends_, O_CLOEXEC) != 0) {
      throw ConfigurationError("no pipe for the token command: " +
                               std::generic_category().message(errno));
    }
  }
  ~TokenPipe() {
    close_end(0);
    close_end(1);
  }
  TokenPipe(const TokenPipe&) = delete;
  TokenPipe& operator=(const TokenPipe&) = delete;

  [[nodiscard]] int reader() const noexcept { return ends_[0]; }
  [[nodiscard]] int writer() const noexcept { return ends_[1]; }
  void close_writer() noexcept { close_end(1); }

 private:
  void close_end(int end) noexcept {
    if (ends_[end] >= 0) ::close(ends_[end]);
    ends_[end] = -1;
  }
  int ends_[2]{-1, -1};
};

/// A buffer that is wiped on destruction.
class WipedBytes {
 public:
  WipedBytes() : bytes_(longest_output + 1, '\0') {}
  ~WipedBytes() { wipe(bytes_.data(), bytes_.size()); }
  WipedBytes(const WipedBytes&) = delete;
  WipedBytes& operator=(const WipedBytes&) = delete;

  [[nodiscard]] bool is_full() const noexcept { return size_ == bytes_.size(); }
  [[nodiscard]] std::string_view text() const noexcept { return {bytes_.data(), size_}; }

  /// Reads what is available; false at the end.
  bool read_from(int file) {
    const ssize_t got = ::read(file, bytes_.data() + size_, bytes_.size() - size_);
    if (got < 0) return errno == EINTR;
    size_ += static_cast<std::size_t>(got);
    return got > 0;
  }

 private:
  std::string bytes_;
  std::size_t size_ = 0;
};

[[noreturn]] void refuse_command(const std::vector<std::string>& command,
                                 const std::string& reason) {
  throw ConfigurationError("the token command " + command.front() + " " + reason);
}

// Gives the program the signals that it expects, whatever the calling thread has done to them.
void set_signals(posix_spawnattr_t& attributes) {
  sigset_t none;
  sigset_t defaults;
  sigemptyset(&none);
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

pid_t start(const std::vector<std::string>& command, const TokenPipe& pipe) {
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, pipe.writer(), STDOUT_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  set_signals(attributes);
  pid_t child = -1;
  const int failure =
      ::posix_spawnp(&child, arguments.front(), &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) {
    refuse_command(command, "cannot be started: " + std::generic_category().message(failure));
  }
  return child;
}

// Reads what arrives within this time; false at the end.
bool read_within(int file, WipedBytes& bytes, std::chrono::milliseconds time) {
  pollfd one{file, POLLIN, 0};
  const int ready = ::poll(&one, 1, static_cast<int>(time.count()));
  return ready <= 0 || bytes.read_from(file);
}

// How a child ended; std::nullopt if it has not. A program that ignores SIGCHLD cannot find out, so
// that its output has to suffice.
std::optional<int> status_of(pid_t child) {
  int status = 0;
  const pid_t ended = ::waitpid(child, &status, WNOHANG);
  if (ended == child) return status;
  return ended < 0 && errno != EINTR ? std::optional(0) : std::nullopt;
}

// Reads until the program has ended, even if its own children hold its output open. False if it
// takes too long or prints too much.
bool run_to_end(pid_t child, int file, WipedBytes& bytes, SteadyClock::time_point deadline,
                std::optional<int>& status) {
  constexpr std::chrono::milliseconds slice{10};
  bool is_open = true;
  while (SteadyClock::now() < deadline && !bytes.is_full()) {
    if (!status) status = status_of(child);
    const std::size_t before = bytes.text().size();
    if (is_open) {
      is_open = read_within(file, bytes, status ? std::chrono::milliseconds(0) : slice);
    } else if (!status) {
      std::this_thread::sleep_for(slice);
    }
    if (status && bytes.text().size() == before) return true;
  }
  return false;
}

}  // namespace

Token token_of_command(const std::vector<std::string>& command, std::chrono::milliseconds timeout) {
  const auto deadline = SteadyClock::now() + timeout;
  TokenPipe pipe;
  const pid_t child = start(command, pipe);
  pipe.close_writer();
  WipedBytes bytes;
  std::optional<int> status;
  if (!run_to_end(child, pipe.reader(), bytes, deadline, status)) {
    if (!status) {
      ::kill(child, SIGKILL);
      ::waitpid(child, nullptr, 0);
    }
    refuse_command(command, bytes.is_full()
                                ? "printed more than 64 KiB, which cannot be a token"
                                : "did not end within " + std::to_string(timeout.count() / 1000) +
                                      " s; increase token_command_timeout in the profile");
  }
  if (WIFSIGNALED(*status)) {
    refuse_command(command, "was ended by signal " + std::to_string(WTERMSIG(*status)));
  }
  if (WEXITSTATUS(*status) != 0) {
    refuse_command(command, "failed with exit code " + std::to_string(WEXITSTATUS(*status)));
  }
  const std::string_view text = bytes.text();
  try {
    return Token(std::string(text.substr(0, text.find('\n'))));
  } catch (const ConfigurationError& error) {
    refuse_command(command, std::string("printed no token: ") + error.what());
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
