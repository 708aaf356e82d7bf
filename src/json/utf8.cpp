#include "json/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace segment::detail {

namespace {

bool is_continuation(unsigned char byte) noexcept { return (byte & 0xC0U) == 0x80U; }

// The length of the well-formed sequence that starts here, or 0.
std::size_t sequence_length(std::string_view rest) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80U) return 1;
  if (first >= 0xC2U && first <= 0xDFU) {
    return rest.size() >= 2 && is_continuation(byte(1)) ? 2 : 0;
  }
  if (first >= 0xE0U && first <= 0xEFU) {
    if (rest.size() < 3 || !is_continuation(byte(1)) || !is_continuation(byte(2))) return 0;
    if (first == 0xE0U && byte(1) < 0xA0U) return 0;  // overlong
    if (first == 0xEDU && byte(1) > 0x9FU) return 0;  // a surrogate
    return 3;
  }
  if (first >= 0xF0U && first <= 0xF4U) {
    if (rest.size() < 4 || !is_continuation(byte(1)) || !is_continuation(byte(2)) ||
        !is_continuation(byte(3))) {
      return 0;
    }
    if (first == 0xF0U && byte(1) < 0x90U) return 0;  // overlong
    if (first == 0xF4U && byte(1) > 0x8FU) return 0;  // above U+10FFFF
    return 4;
  }
  return 0;
}

}  // namespace

bool is_utf8(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    std::uint64_t eight = 0;
    while (bytes.size() >= sizeof eight) {  // plain ASCII goes by eight at a time
      std::memcpy(&eight, bytes.data(), sizeof eight);
      if ((eight & 0x8080808080808080U) != 0) break;
      bytes.remove_prefix(sizeof eight);
    }
    if (bytes.empty()) return true;
    const std::size_t length = sequence_length(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

}  // namespace segment::detail
