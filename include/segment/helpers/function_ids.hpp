#pragma once

#include "segment/api/ids.hpp"

namespace segment::inline SEGMENT_ABI {

/// The class of an insert function, which is what its instances name it by: the function's own id
/// without the `ifnd_` or `ifns_` that it begins with.
///
/// \param insert_function for example `ifnd_65c2bdbcde6f2d8297f943d7`.
/// \throws InvalidArgumentError for the id of another kind of function.
[[nodiscard]] SEGMENT_EXPORT InsertFunctionClassId
insert_function_class(const FunctionId& insert_function);

/// A source function at work at one source, which is what is deployed: `sfn_` and the source's id.
///
/// \param source one whose kind in the catalog is the function: created with the function's
///        `catalog_id`.
/// \throws InvalidArgumentError for an empty id.
[[nodiscard]] SEGMENT_EXPORT SourceFunctionInstanceId
source_function_instance(const SourceId& source);

}  // namespace segment::inline SEGMENT_ABI
