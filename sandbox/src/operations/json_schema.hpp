#pragma once

#include <string>

#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Checks that a rule's JSON schema is an object, that each `type` in it is a type of JSON Schema,
/// and that keywords whose values must be schemas have such values. Other keywords are ignored.
///
/// \param field where it is in the input.
/// \throws Refusal with 422 that names the member.
void check_json_schema(const Json& schema, const std::string& field);

}  // namespace segment::inline SEGMENT_ABI::sandbox
