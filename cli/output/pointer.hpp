#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "segment/types/json.hpp"

namespace segment::cli {

/// A JSON pointer, RFC 6901: `/sources/0/id`.
class JsonPointer {
 public:
  /// \throws Malformed for a text that is not one.
  explicit JsonPointer(std::string_view text);

  /// The value there.
  ///
  /// \throws std::runtime_error if there is none.
  [[nodiscard]] const Json& find_in(const Json& document) const;

 private:
  std::string text_;
  std::vector<std::string> steps_;
};

}  // namespace segment::cli
