#include "types/text.hpp"

#include <algorithm>
#include <charconv>
#include <span>
#include <version>

#if !defined(__cpp_lib_to_chars)
#include <locale.h>
#include <stdlib.h>

#include <cmath>
#include <string>
#endif

#include "segment/types/open_enum.hpp"

namespace segment::inline SEGMENT_ABI::detail {

#if defined(__cpp_lib_to_chars)

std::optional<double> to_double(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

#else

// Made as the program is loaded: the guard of a local variable could be held at a fork.
static const locale_t classic = ::newlocale(LC_ALL_MASK, "C", nullptr);

// libc++ before 20 reads whole numbers only with from_chars.
std::optional<double> to_double(std::string_view text) {
  if (text.empty() || (text.front() != '-' && (text.front() < '0' || text.front() > '9'))) {
    return std::nullopt;
  }
  const std::string ended(text);
  char* end = nullptr;
  const double value = ::strtod_l(ended.c_str(), &end, classic);
  if (end != ended.c_str() + ended.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

#endif

// Of an OpenEnum.
std::size_t find_name(const std::string_view* names, std::size_t count,
                      std::string_view text) noexcept {
  const std::span all(names, count);
  auto found = std::ranges::find(all, text);
  if (found == all.end()) {
    found = std::ranges::find_if(all, [=](auto name) { return same_but_for_case(name, text); });
  }
  return static_cast<std::size_t>(found - all.begin());
}

}  // namespace segment::inline SEGMENT_ABI::detail
