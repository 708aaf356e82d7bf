#include "wake_pipe.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace segment::inline SEGMENT_ABI::http::detail {

WakePipe::WakePipe() {
  if (::pipe(ends_) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  for (const int end : ends_) {
    ::fcntl(end, F_SETFD, FD_CLOEXEC);
    ::fcntl(end, F_SETFL, O_NONBLOCK);
  }
}

WakePipe::~WakePipe() {
  for (const int end : ends_) ::close(end);
}

void WakePipe::wake() noexcept {
  // A full pipe wakes as well.
  [[maybe_unused]] const auto written = ::write(ends_[1], "w", 1);
}

void WakePipe::drain() noexcept {
  std::array<char, 64> bytes{};
  while (::read(ends_[0], bytes.data(), bytes.size()) > 0) {
  }
}

}  // namespace segment::inline SEGMENT_ABI::http::detail
