#pragma once

#include "operations/resource.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// The kinds of resources that several groups use.
extern const Resource source_resource;
extern const Resource destination_resource;
extern const Resource subscription_resource;
extern const Resource warehouse_resource;

/// Where the id of a kind in the catalog is looked up.
extern const Resource source_kind;
extern const Resource destination_kind;
extern const Resource warehouse_kind;

/// A resource as in responses: with its kind from the catalog, and its secrets masked.
///
/// \param kind_collection where its `metadataId` is looked up.
[[nodiscard]] Json with_kind(World& world, const Json& kept, std::string_view kind_collection);

/// Checks that a member of the body names an existing resource.
///
/// \throws Refusal with 422 that names the member.
void check_reference(Call& call, std::string_view member, std::string_view collection);

}  // namespace segment::inline SEGMENT_ABI::sandbox
