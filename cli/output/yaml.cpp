#include "output/yaml.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "segment/helpers/text.hpp"
#include "segment/http/header.hpp"
#include "terminal/columns.hpp"

namespace segment::cli {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Words that some YAML reader, 1.1 or 1.2, takes for a boolean or for null.
bool is_special_word(std::string_view text) {
  constexpr std::string_view words[] = {"y",   "n",    "yes",   "no",  "on",
                                        "off", "true", "false", "null"};
  return std::ranges::any_of(words, [&](auto word) { return http::same_name(text, word); });
}

// Little needs no quotes: words of letters, digits and a few signs that begin with a letter.
bool is_plain(std::string_view text) {
  if (text.empty() || !is_letter(text.front()) || text.ends_with(' ')) return false;
  const auto fits = [](char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.' || c == '/' || c == ' ';
  };
  return std::ranges::all_of(text, fits) && text.find("  ") == text.npos && !is_special_word(text);
}

// Characters that YAML takes for a line break or does not allow, but that are plain in JSON: DEL,
// U+0080 to U+009F, U+2028, U+2029 and U+FEFF.
bool has_to_be_escaped(std::string_view character) {
  if (character == "\x7f" || character == "\xe2\x80\xa8" || character == "\xe2\x80\xa9" ||
      character == "\xef\xbb\xbf") {
    return true;
  }
  return character.size() == 2 && character[0] == '\xc2' &&
         static_cast<unsigned char>(character[1]) < 0xA0U;
}

std::string escape_of(std::string_view character) {
  std::array<char, 8> escape{};
  const auto code = static_cast<unsigned>(code_point_of(character));
  std::snprintf(escape.data(), escape.size(), "\\u%04x", code & 0xFFFFU);
  return escape.data();
}

// JSON strings are YAML strings in double quotes, except for those characters.
std::string quoted_text(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  const std::string json = Json(text).dump();
  std::string quoted;
  for (std::string_view rest = json; !rest.empty();) {
    const std::string_view character = rest.substr(0, utf8_sequence(rest).length);
    quoted += has_to_be_escaped(character) ? escape_of(character) : std::string(character);
    rest.remove_prefix(character.size());
  }
  return quoted;
}

// YAML 1.1 recognizes a number with an exponent only if it has a point, and the exponent a sign.
std::string number_text(std::string text) {
  const std::size_t exponent = text.find_first_of("eE");
  if (exponent == std::string::npos) return text;
  if (is_digit(text[exponent + 1])) text.insert(exponent + 1, "+");
  if (text.find('.') == std::string::npos) text.insert(exponent, ".0");
  return text;
}

std::string scalar_text(const Json& value) {
  if (value.is_string()) return quoted_text(value.as_string());
  return value.is_number() ? number_text(value.dump()) : value.dump();
}

bool is_block(const Json& value) {
  return (value.is_array() || value.is_object()) && !value.empty();
}

// The first line of an element follows its dash.
std::string members_text(const Json::Object& members, std::size_t indent, bool behind_dash) {
  std::string text;
  for (const auto& [name, value] : members) {
    if (!behind_dash || !text.empty()) text.append(indent, ' ');
    text += yaml_key(name) + ":";
    text += is_block(value) ? "\n" + yaml_text(value, indent + 2) : " " + scalar_text(value) + "\n";
  }
  return text;
}

}  // namespace

std::string yaml_key(std::string_view name) { return quoted_text(name); }

std::string yaml_element(const Json& value, std::size_t indent) {
  std::string text = std::string(indent, ' ') + "-";
  if (!is_block(value)) return text + " " + scalar_text(value) + "\n";
  if (value.is_object()) return text + " " + members_text(value.as_object(), indent + 2, true);
  return text + "\n" + yaml_text(value, indent + 2);
}

std::string yaml_text(const Json& value, std::size_t indent) {
  if (!is_block(value)) return std::string(indent, ' ') + scalar_text(value) + "\n";
  if (value.is_object()) return members_text(value.as_object(), indent, false);
  std::string text;
  for (const Json& element : value.as_array()) text += yaml_element(element, indent);
  return text;
}

}  // namespace segment::cli
