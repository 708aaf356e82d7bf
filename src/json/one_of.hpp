#pragma once

#include "json/decoder.hpp"
#include "json/type.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Fills a union from a Json: with the alternative whose promised members are all there, that
/// leaves the fewest members unknown and has none of the wrong kind. An unknown member of that one
/// is skipped and reported, as in any struct: otherwise a member that is new in the API would take
/// the typed value away from the programs that use it. What fits none is kept whole in the free
/// form.
///
/// \param schema_mismatches as of `Decoder`; told of the alternative that is taken, with pointers
/// that begin at
///        the union.
/// \param budget what the alternative may take.
void decode_one_of(const OneOfOps& ops, void* place, Json&& json,
                   const DepartureSink& schema_mismatches, MemoryBudget budget);

}  // namespace segment::inline SEGMENT_ABI::detail
