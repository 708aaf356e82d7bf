#include "terminal.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <utility>
#include <vector>

#ifndef SEGMENT_CLI_PATH
#define SEGMENT_CLI_PATH ""
#endif

namespace segment::test {

namespace {

int open_terminal(unsigned short columns) {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0 || ::grantpt(terminal) != 0 || ::unlockpt(terminal) != 0) {
    throw std::runtime_error("no terminal");
  }
  const winsize size{.ws_row = 24, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
  ::ioctl(terminal, TIOCSWINSZ, &size);
  return terminal;
}

// In the child: nothing here allocates.
[[noreturn]] void become_program(const char* name, char* const* arguments,
                                 char* const* environment) {
  ::setsid();
  for (const int signal : {SIGHUP, SIGTERM}) ::signal(signal, SIG_DFL);  // nohup ignores one
  const int terminal = ::open(name, O_RDWR);                             // its controlling one
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(terminal, stream);
  ::execve(SEGMENT_CLI_PATH, arguments, environment);
  ::_exit(127);
}

// Until the program ends, which makes reading fail.
std::string converse(int terminal, std::string typed, const std::string& prompt,
                     std::function<void()> at_first_prompt) {
  std::string screen;
  std::size_t seen = 0;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t got = ::read(terminal, buffer.data(), buffer.size());
    if (got <= 0) return screen;
    screen.append(buffer.data(), static_cast<std::size_t>(got));
    const std::size_t asked = prompt.empty() ? std::string::npos : screen.find(prompt, seen);
    if (asked == std::string::npos) continue;
    if (auto happens = std::exchange(at_first_prompt, {})) happens();
    if (typed.empty()) continue;
    seen = asked + prompt.size();
    const std::string line = typed.substr(0, typed.find('\t'));
    typed.erase(0, std::min(line.size() + 1, typed.size()));
    if (::write(terminal, line.data(), line.size()) < 0) return screen;
  }
}

}  // namespace

InTerminal run_in_terminal(const Run& what, const std::string& typed, const std::string& prompt,
                           unsigned short columns, const Meanwhile& at_first_prompt) {
  const int terminal = open_terminal(columns);
  std::vector<std::string> arguments{"segment"};
  arguments.insert(arguments.end(), what.arguments.begin(), what.arguments.end());
  std::vector<std::string> environment = environment_of(what);
  const std::vector<char*> argument_pointers = pointers_to(arguments);
  const std::vector<char*> environment_pointers = pointers_to(environment);
  const std::string name = ::ptsname(terminal);
  const pid_t child = ::fork();
  if (child == 0) {
    become_program(name.c_str(), argument_pointers.data(), environment_pointers.data());
  }
  InTerminal ran;
  ran.screen = converse(terminal, typed, prompt, [&] {
    if (at_first_prompt) at_first_prompt(child);
  });
  int status = 0;
  ::waitpid(child, &status, 0);
  termios settings{};
  ran.echoes = ::tcgetattr(terminal, &settings) == 0 && (settings.c_lflag & ECHO) != 0;
  ::close(terminal);
  ran.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return ran;
}

}  // namespace segment::test
