#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "json/type.hpp"
#include "segment/strict_reading.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// How strictly a text is compared with the known values of an enum.
enum class EnumCheck : std::uint8_t {
  none,      ///< any text will do, as in responses
  any_case,  ///< a known value, in capitals or not
  exact,     ///< a known value as it is written
};

struct ValidateOptions {
  /// Whether a member that the table does not know is a problem.
  bool unknown_members_are_problems = false;
  EnumCheck enums = EnumCheck::exact;
};

/// One thing that is wrong with an input.
struct Problem {
  std::string path;     // dotted, `labels.0.key`; empty: the whole input
  std::string message;  // a predicate: `is required`
  JsonFinding::Kind kind = JsonFinding::Kind::wrong_kind;
  std::string pointer{};  // the path as a JSON pointer
  std::string meant{};    // the name that was probably meant; empty where none is near

  // The rest follows from these two.
  bool operator==(const Problem& other) const {
    return path == other.path && message == other.message;
  }
};

/// Checks an input against the table of its type, strictly: what the type promises must be there,
/// each value is of its kind, and null stands only where it means something.
///
/// \return everything that is wrong, in the order of the table; empty where nothing is.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::vector<Problem> validate(
    const Type& type, const Json& json, const ValidateOptions& options = {});

/// The same, as users are told: strictly also of members that the table does not know.
[[nodiscard]] std::vector<JsonFinding> findings_of(const Type& type, const Json& json,
                                                   EnumCheck enums);

}  // namespace segment::inline SEGMENT_ABI::detail
