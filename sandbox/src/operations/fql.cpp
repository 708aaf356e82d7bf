#include "operations/fql.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// The maximum nesting of brackets: a condition in a request must not exhaust the stack.
constexpr int most_brackets = 50;

bool is_truth(const Json& value) { return value.is_bool() && value.as_bool(); }

bool is_name_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '$' ||
         c == '-';
}

// `*` stands for any text, `?` for one character.
bool matches(std::string_view text, std::string_view pattern) {
  std::size_t at = 0;
  std::size_t in = 0;
  std::size_t star = std::string_view::npos;
  std::size_t tried = 0;
  while (at < text.size()) {
    if (in < pattern.size() && pattern[in] == '*') {
      star = in++;
      tried = at;
    } else if (in < pattern.size() && (pattern[in] == '?' || pattern[in] == text[at])) {
      ++in;
      ++at;
    } else if (star != std::string_view::npos) {
      in = star + 1;
      at = ++tried;
    } else {
      return false;
    }
  }
  while (in < pattern.size() && pattern[in] == '*') ++in;
  return in == pattern.size();
}

Json at_path(const Json& event, std::string_view path) {
  const Json* place = &event;
  while (place != nullptr && !path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    place = place->find(path.substr(0, dot));
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return place != nullptr ? *place : Json();
}

std::string text_of(const Json& value) { return value.is_string() ? value.as_string() : ""; }

Json call_function(std::string_view name, const std::vector<Json>& values) {
  if (name == "contains" && values.size() == 2) {
    return values[0].is_string() &&
           text_of(values[0]).find(text_of(values[1])) != std::string::npos;
  }
  if (name == "match" && values.size() == 2) {
    return values[0].is_string() && matches(text_of(values[0]), text_of(values[1]));
  }
  if (name == "lowercase" && values.size() == 1) {
    std::string text = text_of(values[0]);
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
  }
  if (name == "length" && values.size() == 1) {
    return values[0].is_string() ? text_of(values[0]).size() : values[0].size();
  }
  throw FqlError("uses a function that the sandbox does not know");
}

bool holds(std::string_view comparison, const Json& left, const Json& right) {
  if (comparison == "=") return left == right;
  if (comparison == "!=") return !(left == right);
  if (!left.is_number() || !right.is_number()) return false;
  const double a = left.as_number();
  const double b = right.as_number();
  if (comparison == "<") return a < b;
  if (comparison == "<=") return a <= b;
  return comparison == ">" ? a > b : a >= b;
}

// Reads a condition from left to right and evaluates it on the way.
class Reader {
 public:
  Reader(const Json& event, std::string_view rest) : event_(event), rest_(rest) {}

  Json whole() {
    Json value = either();
    skip_space();
    if (!rest_.empty()) throw FqlError("continues where it should end");
    return value;
  }

 private:
  Json either() {
    Json value = both();
    while (take_word("or")) {
      const Json other = both();
      value = is_truth(value) || is_truth(other);
    }
    return value;
  }

  Json both() {
    Json value = negated();
    while (take_word("and")) {
      const Json other = negated();
      value = is_truth(value) && is_truth(other);
    }
    return value;
  }

  Json negated() {
    bool turned = false;
    bool any = false;
    skip_space();
    while ((rest_.starts_with('!') && take("!")) || take_word("not")) {
      turned = !turned;
      any = true;
      skip_space();
    }
    Json value = compared();
    return any ? Json(is_truth(value) != turned) : value;
  }

  Json compared() {
    constexpr std::array<std::string_view, 6> comparisons = {"!=", "<=", ">=", "=", "<", ">"};
    Json left = single();
    for (std::string_view comparison : comparisons) {
      if (take(comparison)) return holds(comparison, left, single());
    }
    return left;
  }

  Json single() {
    skip_space();
    if (rest_.empty()) throw FqlError("ends too early");
    if (take("(")) {
      if (++depth_ > most_brackets) throw FqlError("has too many brackets");
      Json value = either();
      expect(")");
      --depth_;
      return value;
    }
    if (rest_.front() == '\'' || rest_.front() == '"') return text();
    const std::string_view name = word();
    if (take("(")) return call_function(name, arguments());
    return literal_or_path(name);
  }

  std::vector<Json> arguments() {
    std::vector<Json> values;
    if (++depth_ > most_brackets) throw FqlError("has too many brackets");
    do values.push_back(single());
    while (take(","));
    expect(")");
    --depth_;
    return values;
  }

  Json literal_or_path(std::string_view name) const {
    if (name == "true" || name == "false") return name == "true";
    if (name == "null") return {};
    if (name == "all") return true;
    const char* end = name.data() + name.size();
    std::int64_t whole = 0;
    const auto parsed = std::from_chars(name.data(), end, whole);
    if (parsed.ec == std::errc{} && parsed.ptr == end) return whole;
    if (const auto number = detail::to_double(name)) return *number;
    return at_path(event_, name);
  }

  Json text() {
    const char quote = rest_.front();
    std::string value;
    std::size_t i = 1;
    for (; i < rest_.size() && rest_[i] != quote; ++i) {
      if (rest_[i] == '\\' && i + 1 < rest_.size()) ++i;
      value += rest_[i];
    }
    if (i >= rest_.size()) throw FqlError("has a text that does not end");
    rest_.remove_prefix(i + 1);
    return value;
  }

  std::string_view word() {
    std::size_t length = 0;
    while (length < rest_.size() && is_name_char(rest_[length])) ++length;
    if (length == 0) throw FqlError("has an unexpected character");
    const std::string_view found = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return found;
  }

  void skip_space() {
    while (!rest_.empty() && std::isspace(static_cast<unsigned char>(rest_.front())) != 0) {
      rest_.remove_prefix(1);
    }
  }

  bool take(std::string_view sign) {
    skip_space();
    if (!rest_.starts_with(sign)) return false;
    rest_.remove_prefix(sign.size());
    return true;
  }

  bool take_word(std::string_view wanted) {
    skip_space();
    if (!rest_.starts_with(wanted)) return false;
    if (rest_.size() > wanted.size() && is_name_char(rest_[wanted.size()])) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }

  void expect(std::string_view sign) {
    if (!take(sign)) throw FqlError("lacks a bracket");
  }

  const Json& event_;
  std::string_view rest_;
  int depth_ = 0;
};

}  // namespace

bool meets(const Json& event, std::string_view condition) {
  return is_truth(Reader(event, condition).whole());
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
