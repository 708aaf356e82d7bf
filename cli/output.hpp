#pragma once

#include <string>
#include <string_view>

#include "call/call_table.hpp"
#include "segment/json.hpp"

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

/// What a call returned, in the API's own names, on one line: what stands under `data`.
///
/// \throws DecodeError for text that cannot be written as JSON.
[[nodiscard]] std::string result_text(const detail::CallTable& call, const void* result);

/// The same as a value.
[[nodiscard]] Json result_json(const detail::CallTable& call, const void* result);

/// The items of one page of a list, each as JSON on one line.
void write_items(Output& output, const detail::CallTable& call, const void* page);

/// The same as values.
[[nodiscard]] Json::Array items_json(const detail::CallTable& call, const void* page);

}  // namespace segment::cli
