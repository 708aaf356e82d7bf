#include "terminal/prompt.hpp"

#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "terminal/terminal.hpp"

namespace segment::cli {

namespace {

constexpr char interrupt = '\x03';

/// A terminal that does not show what is typed, until this goes. Ctrl-C ends a line there instead
/// of the program, which would leave the shell in the dark.
class Unseen {
 public:
  Unseen() {
    tcgetattr(STDIN_FILENO, &shown_);
    termios unseen = shown_;
    unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
    unseen.c_lflag |= ECHONL;
    unseen.c_cc[VEOL] = interrupt;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen);
  }
  ~Unseen() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown_); }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios shown_{};
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
