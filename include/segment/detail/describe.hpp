#pragma once

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The table that the JSON machinery reads a type by; private to the library's sources.
struct Type;

/// Leads from a C++ type to its table: specialised beside every type of the API.
template <class T>
struct Describe;

// T may have deprecated members; to make one is no use of them.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
/// A value of T as if nothing had come for it. Specialised where T has `Required` members.
template <class T>
[[nodiscard]] T empty() {
  return T{};
}
#pragma GCC diagnostic pop

/// Says that a `Required` is to hold the empty value for now: what a decoder starts from.
struct Unset {};
inline constexpr Unset unset{};

}  // namespace segment::inline SEGMENT_ABI::detail
