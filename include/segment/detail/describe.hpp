#pragma once

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The table that tells the JSON code how to read and write a type; private to the library's
/// sources.
struct Type;

/// Maps a C++ type to its table: specialised next to every type of the API.
template <class T>
struct Describe;

// T may have deprecated members; making a T does not use them.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
/// An empty T, as if the response had no value. Specialised for a T with `Required` members.
template <class T>
[[nodiscard]] T empty() {
  return T{};
}
#pragma GCC diagnostic pop

/// Makes a `Required` hold the empty value for now: what a decoder starts from.
struct Unset {};
inline constexpr Unset unset{};

}  // namespace segment::inline SEGMENT_ABI::detail
