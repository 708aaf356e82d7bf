#include "state/ids.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// SplitMix64: one step of a sequence that visits every 64-bit number.
std::uint64_t stirred(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15U;
  std::uint64_t mixed = state;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
  return mixed ^ (mixed >> 31U);
}

}  // namespace

std::string made_up_text(std::string_view kind, std::uint64_t number, std::size_t length) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::uint64_t state = number;
  for (char c : kind) state = state * 1099511628211U ^ static_cast<unsigned char>(c);
  std::string text;
  while (text.size() < length) text += alphabet[stirred(state) % alphabet.size()];
  return text;
}

std::string Ids::next(std::string_view kind, std::size_t length) {
  auto used = used_.find(kind);
  if (used == used_.end()) used = used_.emplace(kind, 0).first;
  return made_up_text(kind, ++used->second, length);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
