#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "call/operation_tables.hpp"
#include "call/prepared_call.hpp"
#include "errors/raise.hpp"
#include "json/decoder.hpp"
#include "segment/client_options.hpp"
#include "segment/http/response.hpp"
#include "segment/schema_mismatch.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Calls an observer with the mismatches of an operation's response; empty where there is no
/// observer. Keeps both by reference.
[[nodiscard]] MismatchSink schema_mismatch_sink(const SchemaMismatchObserver& observer,
                                                const Operation& operation);

/// Fills a result from a response that reports success.
///
/// \param result of the operation's `data` type; null where the operation returns nothing.
/// \throws DecodeError for a response that is no JSON, has no `data` or has a member of the wrong
/// kind;
///         ApiError where the operation returns nothing and its status is not SUCCESS.
void decode_response(CallFacts call, const Operation& operation, const http::Response& response,
                     const SchemaMismatchObserver& on_schema_mismatch, void* result);

/// Checks whether a list that has ended is as long as the API itself counts, and reports it to the
/// observer where it is not.
///
/// \param came how many items came in all.
/// \param counted by the API; nothing: it did not count.
/// \return what is wrong, as a predicate, where the caller wants an error of it.
[[nodiscard]] std::optional<std::string> short_list(const ClientOptions& client,
                                                    const PreparedCall& call, std::int64_t came,
                                                    std::optional<std::int64_t> counted);

/// Looks so at a page that is the only one of its list; at every other not at all.
///
/// \throws DecodeError where the list is short and the caller wants an error of it.
void check_only_page(const CallFacts& facts, const ClientOptions& client, const PreparedCall& call,
                     const http::Response& response, const void* page);

}  // namespace segment::inline SEGMENT_ABI::detail
