#include "json/number_texts.hpp"

#include <array>

namespace segment::inline SEGMENT_ABI::detail {

namespace {

enum class Part : unsigned char { other, number, begins_number, quote };

// By a table, as this is asked for every byte that is in no string.
constexpr std::array<Part, 256> make_parts() {
  std::array<Part, 256> parts{};
  for (const char c : std::string_view("+.eE")) parts[static_cast<unsigned char>(c)] = Part::number;
  for (const char c : std::string_view("-0123456789")) {
    parts[static_cast<unsigned char>(c)] = Part::begins_number;
  }
  parts['"'] = Part::quote;
  return parts;
}

constexpr std::array<Part, 256> parts = make_parts();

Part part(char c) noexcept { return parts[static_cast<unsigned char>(c)]; }

// Behind the string that begins here with its quote.
std::size_t behind_string(std::string_view json, std::size_t begin) {
  std::size_t quote = begin;
  while ((quote = json.find('"', quote + 1)) != std::string_view::npos) {
    std::size_t text_end = quote;
    while (json[text_end - 1] == '\\') --text_end;
    if ((quote - text_end) % 2 == 0) return quote + 1;
  }
  return json.size();
}

}  // namespace

std::string_view NumberTexts::next() {
  while (at_ < json_.size()) {
    const Part found = part(json_[at_]);
    if (found == Part::quote) {
      at_ = behind_string(json_, at_);
    } else if (found == Part::begins_number) {
      const std::size_t begin = at_;
      while (at_ < json_.size() && part(json_[at_]) != Part::other &&
             part(json_[at_]) != Part::quote) {
        ++at_;
      }
      return json_.substr(begin, at_ - begin);
    } else {
      ++at_;
    }
  }
  return {};
}

}  // namespace segment::inline SEGMENT_ABI::detail
