#include "terminal/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <limits>

namespace segment::cli {

namespace {

constexpr std::size_t usual_width = 80;

std::size_t width_of(int stream) noexcept {
  if (isatty(stream) != 1) return std::numeric_limits<std::size_t>::max();
  winsize size{};
  const bool known = ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : usual_width;
}

}  // namespace

bool output_is_terminal() noexcept { return isatty(STDOUT_FILENO) == 1; }
bool error_is_terminal() noexcept { return isatty(STDERR_FILENO) == 1; }

std::size_t output_width() noexcept { return width_of(STDOUT_FILENO); }
std::size_t error_width() noexcept { return width_of(STDERR_FILENO); }

}  // namespace segment::cli
