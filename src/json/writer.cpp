#include "json/writer.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

template <class Value>
void append_digits(std::string& out, Value value) {
  std::array<char, 32> digits;  // NOLINT: filled by to_chars
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

bool needs_escape(char c) noexcept {
  return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20U;
}

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  constexpr std::string_view hex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += hex[byte >> 4U];
  out += hex[byte & 0xFU];
}

}  // namespace

void append_number(std::string& out, double value) {
  if (!std::isfinite(value)) throw BadJson{{}, "JSON has no infinity and no NaN"};
  if (value == 0 && std::signbit(value)) {
    out += "-0.0";  // without a fraction it would be read as the integer 0, which has no sign
    return;
  }
  append_digits(out, value);
}

void append_number(std::string& out, double value, std::string_view text) {
  if (text.empty()) {
    append_number(out, value);
  } else {
    out += text;
  }
}

void JsonWriter::null() {
  before_value();
  out_ += "null";
}

void JsonWriter::boolean(bool value) {
  before_value();
  out_ += value ? "true" : "false";
}

void JsonWriter::integer(std::int64_t value) {
  before_value();
  append_digits(out_, value);
}

void JsonWriter::wide_integer(std::uint64_t value) {
  before_value();
  append_digits(out_, value);
}

void JsonWriter::number(double value, std::string_view text) {
  before_value();
  append_number(out_, value, text);
}

void JsonWriter::text(std::string_view value) {
  before_value();
  quote(value);
}

void JsonWriter::key(std::string_view name) {
  before_value();
  quote(name);
  out_ += ':';
  if (indent_ >= 0) out_ += ' ';
  after_key_ = true;
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (depth_ == 0) return;
  if (!first_) out_ += ',';
  first_ = false;
  new_line();
}

void JsonWriter::open(char bracket) {
  before_value();
  out_ += bracket;
  ++depth_;
  first_ = true;
}

void JsonWriter::close(char bracket) {
  --depth_;
  if (!first_) new_line();
  first_ = false;
  out_ += bracket;
}

void JsonWriter::new_line() {
  if (indent_ < 0) return;
  out_ += '\n';
  out_.append(depth_ * static_cast<std::size_t>(indent_), ' ');
}

void JsonWriter::quote(std::string_view text) {
  if (!is_utf8(text)) throw BadJson{{}, "the text is not UTF-8"};
  out_ += '"';
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape(text[i])) continue;
    out_.append(text, start, i - start);
    append_escaped(out_, text[i]);
    start = i + 1;
  }
  out_.append(text, start);
  out_ += '"';
}

// A query -----------------------------------------------------------------------------------------

void QueryWriter::number(double value, std::string_view text) {
  std::string digits;
  append_number(digits, value, text);
  put(std::move(digits));
}

void QueryWriter::text(std::string_view value) {
  if (!is_utf8(value)) throw BadJson{{}, "the text is not UTF-8"};
  put(std::string(value));
}

void QueryWriter::key(std::string_view name) { set_step(name); }

void QueryWriter::begin_array() {
  open();
  levels_.back().array = true;
}

void QueryWriter::put(std::string value) {
  begin_value();
  out_.push_back({name_, std::move(value)});
}

// An element's step is its index; a member's step was set by its key.
void QueryWriter::begin_value() {
  if (levels_.empty() || !levels_.back().array) return;
  set_step(std::to_string(levels_.back().index++));
}

void QueryWriter::open() {
  begin_value();
  levels_.push_back({.length = name_.size()});
}

void QueryWriter::close() {
  name_.resize(levels_.back().length);
  levels_.pop_back();
}

void QueryWriter::set_step(std::string_view step) {
  name_.resize(levels_.back().length);
  if (!name_.empty()) name_ += '.';
  name_ += step;
}

}  // namespace segment::inline SEGMENT_ABI::detail
