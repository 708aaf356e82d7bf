#pragma once

#include <string>
#include <vector>

#include "segment/http/request.hpp"
#include "segment/http/response.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

/// A request as it stands in a recording, its secrets still inside: method, path, query, headers
/// and body.
///
/// \param headers names of those that are written; credentials and cookies never are.
[[nodiscard]] Json describe(const http::Request& request, const std::vector<std::string>& headers);

/// Adds what came of a request to its exchange: a `response` or a `failure`, secrets still inside.
void add_outcome(Json& exchange, const http::Outcome& outcome,
                 const std::vector<std::string>& headers);

/// What a recorded exchange says came of its request.
///
/// \throws InvalidArgumentError where it does not say so in the way of `add_outcome`.
[[nodiscard]] http::Outcome outcome_of(const Json& exchange);

/// Throws a ConfigurationError where the file's folder is not there.
void check_folder(const std::string& path);

/// Writes exchanges to a file, whole or not at all.
///
/// \throws ConfigurationError where the file system does not let it.
void write_recording(const std::string& path, Json::Array exchanges);

/// Reads what `write_recording` wrote.
///
/// \throws ConfigurationError where the file cannot be read, or is no recording.
[[nodiscard]] std::vector<Json> read_recording(const std::string& path);

}  // namespace segment::inline SEGMENT_ABI::testing::detail
