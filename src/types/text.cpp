#include "types/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>
#include <version>

#if !defined(__cpp_lib_to_chars)
#include <locale.h>
#include <stdlib.h>

#include <cmath>
#endif

#include "segment/helpers/text.hpp"
#include "segment/types/open_enum.hpp"

namespace segment::inline SEGMENT_ABI::detail {

#if defined(__cpp_lib_to_chars)

std::optional<double> to_double(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

#else

// Made at load time, since the guard of a local variable could be held at a fork.
static const locale_t classic = ::newlocale(LC_ALL_MASK, "C", nullptr);

// from_chars of libc++ before 20 reads only integers.
std::optional<double> to_double(std::string_view text) {
  if (text.empty() || (text.front() != '-' && (text.front() < '0' || text.front() > '9'))) {
    return std::nullopt;
  }
  const std::string ended(text);
  char* end = nullptr;
  const double value = ::strtod_l(ended.c_str(), &end, classic);
  if (end != ended.c_str() + ended.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

#endif

std::size_t find_name(const std::string_view* names, std::size_t count,
                      std::string_view text) noexcept {
  const std::span all(names, count);
  auto found = std::ranges::find(all, text);
  if (found == all.end()) {
    found = std::ranges::find_if(all, [=](auto name) { return same_but_for_case(name, text); });
  }
  return static_cast<std::size_t>(found - all.begin());
}

}  // namespace segment::inline SEGMENT_ABI::detail

namespace segment::inline SEGMENT_ABI {

std::string lower_case(std::string_view text) { return detail::lower(text); }

// UTF-8 -------------------------------------------------------------------------------------------

namespace {

struct Lead {
  std::size_t length;           // of the whole sequence; 0: not a first byte
  unsigned char least = 0x80U;  // of the second byte: no overlong form, no surrogate,
  unsigned char most = 0xBFU;   // nothing above U+10FFFF
};

Lead lead_of(unsigned char byte) noexcept {
  if (byte < 0x80U) return {1};
  if (byte >= 0xC2U && byte <= 0xDFU) return {2};
  if (byte == 0xE0U) return {3, 0xA0U};
  if (byte == 0xEDU) return {3, 0x80U, 0x9FU};
  if (byte >= 0xE1U && byte <= 0xEFU) return {3};
  if (byte == 0xF0U) return {4, 0x90U};
  if (byte == 0xF4U) return {4, 0x80U, 0x8FU};
  if (byte >= 0xF1U && byte <= 0xF3U) return {4};
  return {0};
}

}  // namespace

Utf8Sequence utf8_sequence(std::string_view bytes) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const Lead lead = lead_of(byte(0));
  if (lead.length < 2) return {1, lead.length == 1};
  std::size_t length = 1;
  for (; length < std::min(lead.length, bytes.size()); ++length) {
    const bool second = length == 1;
    const unsigned char least = second ? lead.least : 0x80U;
    const unsigned char most = second ? lead.most : 0xBFU;
    if (byte(length) < least || byte(length) > most) break;
  }
  return {length, length == lead.length};
}

bool is_utf8(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    std::uint64_t eight = 0;
    while (bytes.size() >= sizeof eight) {  // plain ASCII goes by eight at a time
      std::memcpy(&eight, bytes.data(), sizeof eight);
      if ((eight & 0x8080808080808080U) != 0) break;
      bytes.remove_prefix(sizeof eight);
    }
    if (bytes.empty()) return true;
    const Utf8Sequence sequence = utf8_sequence(bytes);
    if (!sequence.well_formed) return false;
    bytes.remove_prefix(sequence.length);
  }
  return true;
}

// One line ---------------------------------------------------------------------------------------

namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

// The number of bytes of a character here that moves the cursor or ends a line, else 0: those of
// ASCII, U+0080 to U+009F, and the line and paragraph separators U+2028 and U+2029.
std::size_t control_length(std::string_view text, std::size_t at) {
  const unsigned first = byte_at(text, at);
  if (first < 0x20U || first == 0x7FU) return 1;
  const unsigned second = byte_at(text, at + 1);
  if (first == 0xC2U && second >= 0x80U && second <= 0x9FU) return 2;
  const unsigned third = byte_at(text, at + 2);
  return first == 0xE2U && second == 0x80U && (third == 0xA8U || third == 0xA9U) ? 3 : 0;
}

}  // namespace

std::string one_line(std::string text) {
  if (!is_utf8(text)) {
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) >= 0x80U; }, ' ');
  }
  // Written in place, since replacing would move the rest each time, and a server chooses how
  // often.
  std::size_t written = 0;
  for (std::size_t at = 0; at < text.size(); ++written) {
    const std::size_t length = control_length(text, at);
    text[written] = length == 0 ? text[at] : ' ';
    at += std::max<std::size_t>(length, 1);
  }
  text.resize(written);
  return text;
}

// A mistyped name -------------------------------------------------------------------------------

namespace {

constexpr std::size_t longest_name = 64;  // longer ones are not compared, as the cost is quadratic

// In lower case, without word separators.
std::string letters_of(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c == '-' || c == '_' || c == '.') continue;
    letters += detail::lower(c);
  }
  return letters;
}

// Counts insertions, deletions, replacements and swaps of neighbours.
std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

}  // namespace

std::string_view nearest_name(std::string_view typed, std::span<const std::string_view> names) {
  if (typed.empty() || typed.size() > longest_name) return {};
  const std::string letters = letters_of(typed);
  std::string_view nearest;
  std::size_t fewest = letters.size() / 3 + 1;  // one edit in three letters is not a typing error
  for (const std::string_view name : names) {
    if (name.size() > longest_name) continue;
    const std::size_t edits = edits_between(letters, letters_of(name));
    if (edits >= fewest) continue;
    fewest = edits;
    nearest = name;
  }
  return nearest;
}

std::string did_you_mean(std::string_view suggestion) {
  return suggestion.empty() ? std::string() : " (did you mean " + std::string(suggestion) + "?)";
}

}  // namespace segment::inline SEGMENT_ABI
