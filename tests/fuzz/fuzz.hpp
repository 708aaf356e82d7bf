#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace segment::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Stops the fuzzer at an input that breaks a promise.
inline void require(bool held) {
  if (!held) std::abort();
}

}  // namespace segment::fuzz
