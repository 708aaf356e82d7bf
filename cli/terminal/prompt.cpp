#include "terminal/prompt.hpp"

#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <optional>

#include "terminal/terminal.hpp"

namespace segment::cli {

namespace {

constexpr char interrupt = '\x03';

termios shown_terminal{};  // how the terminal was before it hid what is typed

// The signal then does what it would have done.
extern "C" void show_again(int signal) {
  tcsetattr(STDIN_FILENO, TCSANOW, &shown_terminal);
  std::raise(signal);
}

/// Restores the terminal if one of these ends the program, unless it is ignored, as under nohup.
class ShownAgainAtTheEnd {
 public:
  ShownAgainAtTheEnd() {
    struct sigaction action {};
    action.sa_handler = show_again;
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_NODEFER;
    for (std::size_t i = 0; i < before_.size(); ++i) {
      sigaction(signals[i], nullptr, &before_[i]);
      if (before_[i].sa_handler == SIG_DFL) sigaction(signals[i], &action, nullptr);
    }
  }
  ~ShownAgainAtTheEnd() {
    for (std::size_t i = 0; i < before_.size(); ++i) sigaction(signals[i], &before_[i], nullptr);
  }
  ShownAgainAtTheEnd(const ShownAgainAtTheEnd&) = delete;
  ShownAgainAtTheEnd& operator=(const ShownAgainAtTheEnd&) = delete;

 private:
  static constexpr std::array signals{SIGTERM, SIGHUP, SIGINT, SIGQUIT};
  std::array<struct sigaction, signals.size()> before_{};
};

/// A terminal that does not show what is typed, for as long as this lives. Ctrl-C ends a line there
/// instead of the program, which would leave the shell without echo.
class Unseen {
 public:
  Unseen() {
    tcgetattr(STDIN_FILENO, &shown_terminal);
    at_the_end_.emplace();
    termios unseen = shown_terminal;
    unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
    unseen.c_lflag |= ECHONL;
    unseen.c_cc[VEOL] = interrupt;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen);
  }
  ~Unseen() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown_terminal); }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  std::optional<ShownAgainAtTheEnd> at_the_end_{};  // once it is known how it was
};

// Byte by byte: what follows is for the next question.
std::string read_line() {
  std::string line;
  char c = 0;
  while (::read(STDIN_FILENO, &c, 1) == 1 && c != '\n') {
    line += c;
    if (c == interrupt) break;
  }
  return line;
}

}  // namespace

bool can_ask() noexcept { return isatty(STDIN_FILENO) == 1 && error_is_terminal(); }

std::string ask(std::string_view question) {
  std::fputs((std::string(question) + " ").c_str(), stderr);
  return read_line();
}

std::string ask_unseen(std::string_view question) {
  std::string typed;
  {
    const Unseen unseen;
    typed = ask(question);
  }
  if (typed.ends_with(interrupt)) std::raise(SIGINT);
  return typed;
}

bool confirm(std::string_view question) {
  const std::string typed = ask(std::string(question) + " [y/N]");
  return typed == "y" || typed == "Y" || typed == "yes";
}

}  // namespace segment::cli
