#pragma once

#include "operations/resource.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

extern const Resource connection_resource;
extern const Resource activation_resource;

/// The connection of the path's audience that has this id, or whose destination has this id: the
/// API's own sample shows one where it documents the other.
[[nodiscard]] Json& connection_of(Call& call, std::string_view id);

/// The target of a connection: a destination or a warehouse.
[[nodiscard]] const Json& target_of(Call& call, const Json& connection);

/// The kind of the target in the catalog.
[[nodiscard]] const Json& target_kind(Call& call, const Json& connection);

}  // namespace segment::inline SEGMENT_ABI::sandbox
