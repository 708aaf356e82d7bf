#pragma once

#include <string>

#include "json/events.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Writes what it is told as JSON text, straight onto the end of a string.
class JsonWriter final : public JsonEvents {
 public:
  /// \param indent spaces a level; negative: no white space at all.
  explicit JsonWriter(std::string& out, int indent = -1) : out_(out), indent_(indent) {}

  void null() override;
  void boolean(bool value) override;
  void integer(std::int64_t value) override;
  void wide_integer(std::uint64_t value) override;
  void number(double value, std::string_view text) override;
  void text(std::string_view value) override;
  void begin_object() override { open('{'); }
  void key(std::string_view name) override;
  void end_object() override { close('}'); }
  void begin_array() override { open('['); }
  void end_array() override { close(']'); }

 private:
  void before_value();
  void open(char bracket);
  void close(char bracket);
  void new_line();
  void quote(std::string_view text);

  std::string& out_;
  int indent_;
  std::size_t depth_ = 0;
  bool first_ = true;       // nothing stands yet in the innermost array or object
  bool after_key_ = false;  // the next value belongs to a name
};

/// A finite number as JSON: the shortest text that reads back as the same.
void append_number(std::string& out, double value);

/// The same, or the text that the number was read from where there is one.
void append_number(std::string& out, double value, std::string_view text);

}  // namespace segment::inline SEGMENT_ABI::detail
