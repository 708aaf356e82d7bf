#include "segment/types/secret.hpp"

#include <cstddef>
#include <cstring>

namespace segment::inline SEGMENT_ABI {

namespace detail {

void wipe(void* memory, std::size_t size) noexcept {
  // Called by what the compiler cannot look into, or it would leave the writes out.
  static void* (*const volatile set)(void*, int, std::size_t) = &std::memset;
  if (size > 0) set(memory, 0, size);
}

}  // namespace detail

namespace {

// Long enough that no std::string keeps it inside itself: a moved-from string would then still hold
// the bytes, and its destructor would not say where they were.
constexpr std::size_t beyond_small_strings = 64;

std::string heap_copy(std::string_view text) {
  std::string copy;
  copy.reserve(text.size() < beyond_small_strings ? beyond_small_strings : text.size());
  copy.append(text);
  return copy;
}

void wipe_text(std::string& text) noexcept {
  text.resize(text.capacity());  // what it once held may reach past its end
  detail::wipe(text.data(), text.size());
  text.clear();
}

}  // namespace

Secret::Secret(std::string text) : text_(text.empty() ? std::string{} : heap_copy(text)) {
  wipe_text(text);
}

Secret::Secret(const Secret& other)
    : text_(other.empty() ? std::string{} : heap_copy(other.reveal())) {}

Secret::Secret(Secret&& other) noexcept { text_.swap(other.text_); }

Secret& Secret::operator=(const Secret& other) {
  if (this != &other) *this = Secret(other);
  return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    clear();
    text_.swap(other.text_);
  }
  return *this;
}

Secret::~Secret() { clear(); }

bool Secret::equals(const Secret& other) const noexcept {
  if (text_.size() != other.text_.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    difference |= static_cast<unsigned>(static_cast<unsigned char>(text_[i]) ^
                                        static_cast<unsigned char>(other.text_[i]));
  }
  return difference == 0;
}

void Secret::clear() noexcept {
  if (!text_.empty()) wipe_text(text_);
}

}  // namespace segment::inline SEGMENT_ABI
