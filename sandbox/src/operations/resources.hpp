#pragma once

#include "operations/resource.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// The kinds of things that several groups touch.
extern const Resource source_resource;
extern const Resource destination_resource;
extern const Resource subscription_resource;
extern const Resource warehouse_resource;

/// Where the id of a kind in the catalog is looked up.
extern const Resource source_kind;
extern const Resource destination_kind;
extern const Resource warehouse_kind;

/// A thing as answers show it: with its kind out of the catalog, and its secrets masked.
///
/// \param kind_collection where its `metadataId` is looked up.
[[nodiscard]] Json with_kind(World& world, const Json& kept, std::string_view kind_collection);

/// Checks that a member of the body names a thing that there is.
///
/// \throws Refusal with 422 that names the member.
void check_reference(Call& call, std::string_view member, std::string_view collection);

}  // namespace segment::inline SEGMENT_ABI::sandbox
