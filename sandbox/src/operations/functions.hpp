#pragma once

#include <string>
#include <string_view>

#include "operations/resource.hpp"

namespace segment::sandbox {

extern const Resource function_resource;
extern const Resource function_version_resource;
extern const Resource function_instance_resource;

/// What the ids of insert functions begin with, and what their instances leave out: the class id is
/// the rest.
[[nodiscard]] std::string class_id(std::string_view function_id);

/// Makes code the latest version of a function.
Json& add_version(Call& call, const Json& function, const Json& code);

/// The latest version of a function's code.
[[nodiscard]] Json& latest_version(World& world, const Json& function);

}  // namespace segment::sandbox
