#pragma once

#include <chrono>
#include <thread>

namespace segment::test {

/// How long a test waits for what must happen. It decides nothing unless that never happens.
inline constexpr std::chrono::seconds patience{30};

/// Polls until a condition is true, and returns whether it became true. For what does not notify
/// anybody when it happens.
template <class Condition>
[[nodiscard]] bool eventually(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  return true;
}

}  // namespace segment::test
