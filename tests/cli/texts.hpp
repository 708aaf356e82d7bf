#pragma once

#include <string>
#include <string_view>

namespace segment::test {

/// Whether a text contains a part.
inline bool has(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

/// As it is typed: `trackingPlans` and `tracking_plans` are `tracking-plans`.
inline std::string kebab(std::string_view name) {
  std::string text;
  for (const char c : name) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && !text.empty()) text += '-';
    text += capital ? static_cast<char>(c - 'A' + 'a') : c == '_' ? '-' : c;
  }
  return text;
}

/// The text without line breaks and repeated spaces.
inline std::string one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n';
    if (!space || (!line.empty() && line.back() != ' ')) line += space ? ' ' : c;
  }
  return line;
}

}  // namespace segment::test
