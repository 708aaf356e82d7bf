#pragma once

#include <cstddef>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The numbers of a JSON text as they are written, one after the other. What stands within strings
/// is none; of a text that is no JSON these are the pieces that look like numbers.
class NumberTexts {
 public:
  /// \param json what its parts point into.
  explicit NumberTexts(std::string_view json) : json_(json) {}

  /// The next number's text; empty: there are no more.
  [[nodiscard]] std::string_view next();

 private:
  std::string_view json_;
  std::size_t at_ = 0;
};

}  // namespace segment::inline SEGMENT_ABI::detail
