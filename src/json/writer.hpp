#pragma once

#include <string>
#include <vector>

#include "json/events.hpp"
#include "segment/call_options.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Appends events to a string as JSON text.
class JsonWriter final : public JsonEvents {
 public:
  /// \param indent spaces per level; negative: no white space at all.
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
  bool first_ = true;       // nothing has been written in the innermost array or object
  bool after_key_ = false;  // the next value belongs to a name
};

/// A finite number as JSON: the shortest text that reads back as the same number.
void append_number(std::string& out, double value);

/// The same, or the text that the number was read from if there is one.
void append_number(std::string& out, double value, std::string_view text);

/// Turns events into query parameters with dotted names: members as `pagination.count`,
/// elements as `emails.0`.
class QueryWriter final : public JsonEvents {
 public:
  explicit QueryWriter(std::vector<QueryParameter>& out) : out_(out) {}

  void null() override { put("null"); }
  void boolean(bool value) override { put(value ? "true" : "false"); }
  void integer(std::int64_t value) override { put(std::to_string(value)); }
  void wide_integer(std::uint64_t value) override { put(std::to_string(value)); }
  void number(double value, std::string_view text) override;
  void text(std::string_view value) override;
  void begin_object() override { open(); }
  void key(std::string_view name) override;
  void end_object() override { close(); }
  void begin_array() override;
  void end_array() override { close(); }

 private:
  struct Level {
    std::size_t length;  // of the name up to here
    bool array = false;
    std::size_t index = 0;
  };

  void put(std::string value);
  void begin_value();
  void open();
  void close();
  void set_step(std::string_view step);

  std::vector<QueryParameter>& out_;
  std::string name_;
  std::vector<Level> levels_;
};

}  // namespace segment::inline SEGMENT_ABI::detail
