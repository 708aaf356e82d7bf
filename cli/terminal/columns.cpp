#include "terminal/columns.hpp"

#include <algorithm>
#include <iterator>

#include "segment/helpers/text.hpp"

namespace segment::cli {

namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Unicode's blocks of combining and invisible characters.
constexpr Range without_width[] = {{0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},
                                   {0x610, 0x61A},   {0x64B, 0x65F},   {0x1AB0, 0x1AFF},
                                   {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF},
                                   {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
// Those of characters that are two columns wide (East Asian Width W and F), and of emoji.
constexpr Range wide_characters[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},
                                     {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},
                                     {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                                     {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
                                     {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD}};

template <std::size_t N>
bool is_in(const Range (&ranges)[N], char32_t character) {
  const auto* range = std::ranges::lower_bound(ranges, character, {}, &Range::last);
  return range != std::end(ranges) && range->first <= character;
}

struct Character {
  std::size_t bytes;
  std::size_t columns;
};

std::size_t width_of(char32_t code) {
  if (is_in(without_width, code)) return 0;
  return is_in(wide_characters, code) ? 2 : 1;
}

// A byte that is not UTF-8 counts as one character.
Character first_character(std::string_view text) {
  const auto [bytes, well_formed] = utf8_sequence(text);
  return {bytes, well_formed ? width_of(code_point_of(text.substr(0, bytes))) : 1};
}

}  // namespace

char32_t code_point_of(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return lead;
  char32_t code = lead & (0x7FU >> character.size());
  for (const char c : character.substr(1)) {
    code = code << 6U | (static_cast<unsigned char>(c) & 0x3FU);
  }
  return code;
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const Character character = first_character(text);
    columns += character.columns;
    text.remove_prefix(character.bytes);
  }
  return columns;
}

std::string_view fitting(std::string_view text, std::size_t columns) {
  std::size_t end = 0;
  while (end < text.size()) {
    const Character character = first_character(text.substr(end));
    if (character.columns > columns) break;
    columns -= character.columns;
    end += character.bytes;
  }
  return text.substr(0, end);
}

namespace {

// The word that a text begins with; of one that is longer than a line, what fits up to a slash.
std::string_view next_word(std::string_view text, std::size_t columns) {
  const std::string_view word = text.substr(0, text.find(' '));
  if (columns_of(word) <= columns) return word;
  const std::size_t slash = fitting(word, columns).rfind('/');
  return slash == std::string_view::npos || slash == 0 ? word : word.substr(0, slash);
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent,
                    std::size_t taken) {
  std::string out;
  bool begins_line = true;
  while (!text.empty()) {
    const std::string_view word = next_word(text, columns - indent);
    text.remove_prefix(word.size());
    if (text.starts_with(' ')) text.remove_prefix(1);
    if (word.empty()) continue;
    const std::size_t width = columns_of(word);
    if (!begins_line && taken + 1 + width > columns) {
      out.append("\n").append(indent, ' ');
      taken = indent;
      begins_line = true;
    }
    out.append(begins_line ? "" : " ").append(word);
    taken += (begins_line ? 0 : 1) + width;
    begins_line = false;
  }
  return out;
}

}  // namespace segment::cli
