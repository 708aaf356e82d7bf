#pragma once

#include <string>

#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Checks that a rule's JSON schema is an object, that each `type` in it is a type of JSON Schema,
/// and that what has to hold schemas holds them. Other keywords are passed over.
///
/// \param field where it stands in the input.
/// \throws Refusal with 422 that names the member.
void check_json_schema(const Json& schema, const std::string& field);

}  // namespace segment::inline SEGMENT_ABI::sandbox
