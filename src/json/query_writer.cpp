#include "json/query_writer.hpp"

#include <utility>

#include "json/utf8.hpp"
#include "json/writer.hpp"

namespace segment::inline SEGMENT_ABI::detail {

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
