#pragma once

#include <iterator>
#include <random>
#include <string>
#include <string_view>

namespace segment {

/// Writes a JSON text of random shape, with everything that JSON allows: white space, escapes,
/// numbers of every form, members with the same name.
class RandomJson {
 public:
  explicit RandomJson(std::mt19937_64& random) : random_(random) {
    container(5, random() % 2 == 0);
  }

  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  template <std::size_t count>
  std::string_view one_of(const std::string_view (&choices)[count]) {
    return choices[random_() % count];
  }

  void space() {
    if (random_() % 8 == 0) text_ += one_of({" ", "\n", "\t", "\r\n", "   "});
  }

  void quoted() {
    text_ += '"';
    for (std::size_t pieces = random_() % 5; pieces > 0; --pieces) {
      text_ += one_of({"a", "b", "plain words", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00",
                       "\\u0000", "\u00e9", "\U0001F600", "{", "]", "1.5", "-", ",", "\x7f"});
    }
    text_ += '"';
  }

  void scalar() {
    if (random_() % 3 == 0) {
      quoted();
      return;
    }
    text_ += one_of({"null",
                     "true",
                     "false",
                     "0",
                     "-0",
                     "-0.0",
                     "1",
                     "-1",
                     "5.0",
                     "1e3",
                     "1E+3",
                     "2.5e-3",
                     "9223372036854775807",
                     "9223372036854775808",
                     "-9223372036854775808",
                     "18446744073709551615",
                     "12345678901234567.0",
                     "1.00000000000000000001",
                     "0.1",
                     "1e-400",
                     "18446744073709551616",
                     "1e400"});
  }

  void value(int depth) {
    space();
    if (depth > 0 && random_() % 2 == 0) {
      container(depth - 1, random_() % 2 == 0);
    } else {
      scalar();
    }
    space();
  }

  void container(int depth, bool object) {
    text_ += object ? '{' : '[';
    for (std::size_t left = random_() % 6; left > 0; --left) {
      space();
      if (object) {
        quoted();
        space();
        text_ += ':';
      }
      value(depth);
      if (left > 1) text_ += ',';
    }
    space();
    text_ += object ? '}' : ']';
  }

  std::mt19937_64& random_;
  std::string text_;
};

/// A text with a few bytes changed, inserted, removed or cut off.
inline std::string changed(std::string text, std::mt19937_64& random) {
  constexpr char pieces[] = "{}[]:,\"\\ \n019.-+eEtfnu\x00\x1f\x7f\x80\xc3\xff";
  for (std::size_t changes = 1 + random() % 3; changes > 0 && !text.empty(); --changes) {
    const std::size_t at = random() % text.size();
    const char piece = pieces[random() % std::size(pieces)];
    switch (random() % 8) {
      case 0:
        text.resize(at);
        break;
      case 1:
      case 2:
        text.erase(at, 1);
        break;
      case 3:
      case 4:
        text.insert(at, 1, piece);
        break;
      default:
        text[at] = piece;
        break;
    }
  }
  return text;
}

}  // namespace segment
