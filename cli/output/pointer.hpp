#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "segment/types/json.hpp"

namespace segment::cli {

/// A JSON pointer, RFC 6901: `/sources/0/id`.
class JsonPointer {
 public:
  /// \throws Malformed for what is none.
  explicit JsonPointer(std::string_view text);

  /// What stands there.
  ///
  /// \throws std::runtime_error where nothing does.
  [[nodiscard]] const Json& find_in(const Json& document) const;

 private:
  std::string text_;
  std::vector<std::string> steps_;
};

}  // namespace segment::cli
