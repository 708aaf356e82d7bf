#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// A descriptor to poll along with a socket: readable once the server is to stop.
class StopSignal {
 public:
  StopSignal() {
    if (::pipe2(ends_, O_CLOEXEC | O_NONBLOCK) != 0) {
      throw std::system_error(errno, std::generic_category(), "no pipe for the sandbox");
    }
  }
  ~StopSignal() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  void raise() noexcept {
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(ends_[1], &byte, 1);
  }

  [[nodiscard]] int descriptor() const noexcept { return ends_[0]; }

 private:
  int ends_[2]{};
};

}  // namespace segment::inline SEGMENT_ABI::sandbox
