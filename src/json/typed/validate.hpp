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
  any_case,  ///< a known value, in any case
  exact,     ///< a known value as it is written
};

struct ValidateOptions {
  /// Whether members that the table does not know are problems.
  bool unknown_members_are_problems = false;
  EnumCheck enums = EnumCheck::exact;
};

/// One problem of an input.
struct Problem {
  std::string path;     // dotted, `labels.0.key`; empty: the whole input
  std::string message;  // a predicate: `is required`
  JsonFinding::Kind kind = JsonFinding::Kind::wrong_kind;
  std::string pointer{};     // the path as a JSON pointer
  std::string suggestion{};  // the name that was probably meant; empty if none is close

  // The rest follows from these two.
  bool operator==(const Problem& other) const {
    return path == other.path && message == other.message;
  }
};

/// Strictly checks an input against the table of its type: promised members must be there, each
/// value must be of its kind, and null is allowed only if it means something.
///
/// \return all problems, in the order of the table; empty if there are none.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL std::vector<Problem> validate(
    const Type& type, const Json& json, const ValidateOptions& options = {});

/// The same, as reported to users: members that the table does not know are problems too.
[[nodiscard]] std::vector<JsonFinding> findings_of(const Type& type, const Json& json,
                                                   EnumCheck enums);

}  // namespace segment::inline SEGMENT_ABI::detail
