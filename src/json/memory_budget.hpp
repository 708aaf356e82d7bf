#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What may still be allocated to read one response: a few bytes of JSON can become hundreds in
/// memory, so a response's size alone is no limit. All in all, that is four times the largest
/// response: once the response itself, once for reading its text, twice for the result.
class MemoryBudget {
 public:
  /// Unlimited.
  MemoryBudget() = default;

  /// For the result: four times the response's size, and 1 MiB, but no more than twice the largest
  /// response.
  ///
  /// \param largest how large a response may be; 0: unlimited.
  [[nodiscard]] static MemoryBudget of_answer(std::size_t size, std::size_t largest = 0) noexcept {
    const std::size_t by_size = 4 * size + (std::size_t{1} << 20U);
    const bool is_bounded = largest != 0 && largest <= endless / 2;
    return MemoryBudget(is_bounded ? std::min(by_size, 2 * largest) : by_size);
  }

  /// For reading the text: as much as the largest response.
  [[nodiscard]] static MemoryBudget of_reading(std::size_t largest) noexcept {
    return MemoryBudget(largest != 0 ? largest : endless);
  }

  /// Takes the bytes; false, without taking any, if not as many are left.
  [[nodiscard]] bool take(std::size_t bytes) noexcept {
    if (bytes > left_) return false;
    if (left_ != endless) left_ -= bytes;
    return true;
  }

  void give_back(std::size_t bytes) noexcept {
    if (left_ != endless) left_ += bytes;
  }

  [[nodiscard]] std::size_t left() const noexcept { return left_; }

 private:
  static constexpr std::size_t endless = std::numeric_limits<std::size_t>::max();

  explicit MemoryBudget(std::size_t bytes) : left_(bytes) {}

  std::size_t left_ = endless;
};

/// What a text allocates besides the std::string itself.
[[nodiscard]] inline std::size_t text_bytes(std::size_t length) noexcept {
  constexpr std::size_t within_the_string = 15;
  return length > within_the_string ? length + 1 : 0;
}

/// Throws the BadJson for a response that takes more memory than it may.
[[noreturn]] void refuse_memory(std::string pointer);

}  // namespace segment::inline SEGMENT_ABI::detail
