#pragma once

#include <string>
#include <string_view>

#include "call/operation_tables.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// Standard output, on which a write that fails does not go unnoticed.
class Output {
 public:
  /// \throws ReaderGone, or std::runtime_error where it cannot be written.
  void write(std::string_view text);
  /// The text and the end of its line.
  void line(std::string text) { write(text += '\n'); }
  /// Hands on what was written so far.
  void flush();
};

/// What a call returned, on one line, as it came: what stands under `data`, or that it succeeded
/// where nothing does.
[[nodiscard]] std::string result_text(const Operation& call, const Json& data);

/// The items of one page of a list, as they came.
[[nodiscard]] Json::Array items_of(const Operation& call, Json data);

/// One JSON document of a whole list, written as its pages come: that of a single page with the
/// items of all, and beside them what the last page says. It is cut off where a page fails.
class ListDocument {
 public:
  ListDocument(Output& output, const Operation& call) : output_(output), call_(call) {}

  void add(Json data);
  void end();

 private:
  Output& output_;
  const Operation& call_;
  Json others_ = Json::object();  // of the newest page
  bool has_begun_ = false;
  bool has_items_ = false;
};

/// The items of one page of a list, each as JSON on one line.
void write_items(Output& output, const Operation& call, const Json& data);

}  // namespace segment::cli
