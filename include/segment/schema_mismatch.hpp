#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// A part of a response that does not match this library's description of the API. It was read
/// anyway: a mismatch shows that the API has changed.
struct SchemaMismatch {
  enum class Kind : std::uint8_t {
    unknown_member,      ///< skipped
    missing_member,      ///< has its empty value; a null entry is left out of its list
    unknown_enum_value,  ///< kept as text
    short_list,          ///< fewer items than the API counts: the token may not see the others
    broken_text,         ///< a text or name with invalid Unicode: U+FFFD replaces the broken part
  };
  Kind kind = Kind::unknown_member;
  /// The API's name of the operation, for example `getSource`.
  std::string_view operation{};
  /// Where in the response, as a JSON pointer, for example `/data/source/newMember`.
  std::string_view pointer{};
  /// For a `short_list`, how many items came: `2 items came of the 3 that the API counts`.
  /// Otherwise empty.
  std::string_view detail{};
};

/// Called on the thread that decodes a response, possibly on several at the same time; its argument
/// is valid only during the call. Its exceptions are ignored.
using SchemaMismatchObserver = std::function<void(const SchemaMismatch&)>;

}  // namespace segment::inline SEGMENT_ABI
