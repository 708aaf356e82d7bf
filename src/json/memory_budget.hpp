#pragma once

#include <cstddef>
#include <limits>
#include <string>

#include "json/events.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What may still be allocated to read one answer: a few bytes of JSON can become hundreds in
/// memory, so an answer's size alone is no bound.
class MemoryBudget {
 public:
  /// Without end.
  MemoryBudget() = default;

  /// Four times the answer's size, and 1 MiB.
  [[nodiscard]] static MemoryBudget of_answer(std::size_t size) noexcept {
    return MemoryBudget(4 * size + (std::size_t{1} << 20U));
  }

  /// False, and nothing is taken, where so much is not left.
  [[nodiscard]] bool take(std::size_t bytes) noexcept {
    if (bytes > left_) return false;
    if (left_ != endless) left_ -= bytes;
    return true;
  }

  void give_back(std::size_t bytes) noexcept {
    if (left_ != endless) left_ += bytes;
  }

 private:
  static constexpr std::size_t endless = std::numeric_limits<std::size_t>::max();

  explicit MemoryBudget(std::size_t bytes) : left_(bytes) {}

  std::size_t left_ = endless;
};

/// What a text allocates beside the std::string itself.
[[nodiscard]] inline std::size_t text_bytes(std::size_t length) noexcept {
  constexpr std::size_t within_the_string = 15;
  return length > within_the_string ? length + 1 : 0;
}

/// Throws the BadJson of an answer that takes more memory than it may.
[[noreturn]] void refuse_memory(std::string pointer);

}  // namespace segment::inline SEGMENT_ABI::detail
