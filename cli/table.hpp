#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace segment::cli {

/// Rows under headings, for people.
struct Table {
  std::vector<std::string> headings{};
  std::vector<std::vector<std::string>> rows{};  // each as long as the headings

  /// As text in columns. What no longer fits into the width is left out: long cells are cut first,
  /// then the last columns go. Control characters become spaces.
  [[nodiscard]] std::string text(std::size_t width) const;
};

}  // namespace segment::cli
