#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// A text of letters and digits that looks random and is always the same for the same input.
[[nodiscard]] std::string made_up_text(std::string_view kind, std::uint64_t number,
                                       std::size_t length);

/// An id like the API's own: 22 letters and digits.
[[nodiscard]] inline std::string made_up_id(std::string_view kind, std::uint64_t number) {
  return made_up_text(kind, number, 22);
}

/// Generates ids, the same ones in each run.
class Ids {
 public:
  [[nodiscard]] std::string next(std::string_view kind, std::size_t length = 22);

 private:
  std::map<std::string, std::uint64_t, std::less<>> used_;
};

}  // namespace segment::inline SEGMENT_ABI::sandbox
