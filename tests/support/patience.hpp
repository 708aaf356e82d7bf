#pragma once

#include <chrono>

namespace segment::test {

/// How long a test waits for what has to happen. No verdict comes of it but where it never happens.
inline constexpr std::chrono::seconds patience{30};

}  // namespace segment::test
