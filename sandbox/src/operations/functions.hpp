#pragma once

#include <string>
#include <string_view>

#include "operations/resource.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

extern const Resource function_resource;
extern const Resource function_version_resource;
extern const Resource function_instance_resource;

/// The id of a function without its prefix: the instances of an insert function refer to it by
/// that.
[[nodiscard]] std::string class_id(std::string_view function_id);

/// Makes code the latest version of a function.
Json& add_version(Call& call, const Json& function, const Json& code);

/// The latest version of a function's code.
[[nodiscard]] Json& latest_version(World& world, const Json& function);

}  // namespace segment::inline SEGMENT_ABI::sandbox
