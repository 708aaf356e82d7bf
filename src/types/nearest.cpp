#include "segment/helpers/text.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI {

namespace {

constexpr std::size_t longest_name = 64;  // of those that are compared: the cost is its square

// Without what separates words, and in lower case.
std::string letters_of(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c == '-' || c == '_' || c == '.') continue;
    letters += detail::lower(c);
  }
  return letters;
}

// Letters to insert, to leave out, to replace, and neighbours to swap.
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
  std::size_t fewest = letters.size() / 3 + 1;  // one edit in three letters is no typing error
  for (const std::string_view name : names) {
    if (name.size() > longest_name) continue;
    const std::size_t edits = edits_between(letters, letters_of(name));
    if (edits >= fewest) continue;
    fewest = edits;
    nearest = name;
  }
  return nearest;
}

}  // namespace segment::inline SEGMENT_ABI
