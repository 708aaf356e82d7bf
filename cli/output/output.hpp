#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "messages/errors.hpp"
#include "segment/operation.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// Standard output, where a write that fails does not go unnoticed.
class Output {
 public:
  /// \throws ReaderGone, or std::runtime_error if it cannot be written.
  void write(std::string_view text);
  /// The text and the end of its line.
  void line(std::string text) { write(text += '\n'); }
  /// Flushes what was written so far.
  void flush();
};

/// Prints for as long as somebody reads: that the reader has gone ends the printing, and says
/// nothing about what the command itself does or finds.
///
/// \param print called with the Output, which is flushed at the end.
template <class Print>
void print_while_read(Print print) {
  try {
    Output output;
    print(output);
    output.flush();
  } catch (const ReaderGone&) {
    return;
  }
}

/// The items of one page of a list, as they came.
[[nodiscard]] Json::Array items_of(const Operation& call, Json data);

/// How many those are.
[[nodiscard]] std::size_t count_of(const Operation& call, const Json& data);

}  // namespace segment::cli
