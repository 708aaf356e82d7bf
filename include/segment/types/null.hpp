#pragma once

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// The type of `segment::null`.
struct Null {
  explicit constexpr Null(int /*not an aggregate, so that {} never means null*/) noexcept {}
  bool operator==(const Null&) const = default;
};

/// JSON's null: `{.name = segment::null}` clears a member, where leaving it out would not touch it.
inline constexpr Null null{0};

}  // namespace segment::inline SEGMENT_ABI
