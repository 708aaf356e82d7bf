#pragma once

#include <chrono>
#include <thread>

namespace segment::test {

/// How long a test waits for what has to happen. No verdict comes of it but where it never happens.
inline constexpr std::chrono::seconds patience{30};

/// Whether something comes true, looked at again and again. For what tells nobody when it happens.
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
