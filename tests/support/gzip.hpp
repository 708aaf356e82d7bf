#pragma once

#include <string>

namespace segment::test {

/// The text, compressed as tightly as possible.
[[nodiscard]] std::string gzip(const std::string& text);

}  // namespace segment::test
