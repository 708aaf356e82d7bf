#pragma once

#include "call/operation_tables.hpp"
#include "call/raise.hpp"
#include "json/decoder.hpp"
#include "segment/http/response.hpp"
#include "segment/schema_mismatch.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Tells an observer of an operation's answer; empty where there is no observer. Keeps both by
/// reference.
[[nodiscard]] DepartureSink schema_mismatch_sink(const SchemaMismatchObserver& observer,
                                                 const Operation& operation);

/// Fills a result from an answer that says yes.
///
/// \param result of the operation's `data` type; null where the operation returns nothing.
/// \throws DecodeError for an answer that is no JSON, has no `data` or has a member of the wrong
/// kind;
///         ApiError where the operation returns nothing and its status is not SUCCESS.
void decode_answer(CallFacts call, const Operation& operation, const http::Response& response,
                   const SchemaMismatchObserver& on_schema_mismatch, void* result);

}  // namespace segment::inline SEGMENT_ABI::detail
