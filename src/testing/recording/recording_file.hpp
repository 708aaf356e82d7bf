#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "segment/http/request.hpp"
#include "segment/http/response.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

/// The placeholder in a recording for the secret with this number: `~secret-1~`. Its characters
/// need no escapes in JSON or a URL.
[[nodiscard]] inline std::string placeholder(std::size_t number) {
  return "~secret-" + std::to_string(number) + "~";
}

/// The length of the placeholder that the text begins with; 0: it begins with none.
[[nodiscard]] inline std::size_t placeholder_length(std::string_view text) {
  constexpr std::string_view begin = "~secret-";
  if (!text.starts_with(begin)) return 0;
  const std::size_t end = text.find_first_not_of("0123456789", begin.size());
  if (end == begin.size() || end == std::string_view::npos || text[end] != '~') return 0;
  return end + 1;
}

[[nodiscard]] inline bool is_placeholder(std::string_view text) {
  return !text.empty() && placeholder_length(text) == text.size();
}

/// Whether a text could be a JSON object or list, perhaps after white space.
[[nodiscard]] bool begins_like_json(std::string_view text);

/// The JSON object or list that a text is; std::nullopt if it is none.
[[nodiscard]] std::optional<Json> json_in(std::string_view text);

/// Describes a request for a recording, with its secrets: method, path, query, headers and body.
///
/// \param headers names of further headers that are written; credentials and cookies never are.
[[nodiscard]] Json describe(const http::Request& request, const std::vector<std::string>& headers);

/// Adds a request's outcome to its exchange: a `response` or a `failure`, with its secrets.
void add_outcome(Json& exchange, const http::Outcome& outcome,
                 const std::vector<std::string>& headers);

/// The outcome that a recorded exchange holds.
///
/// \throws InvalidArgumentError if it is not in the form of `add_outcome`.
[[nodiscard]] http::Outcome outcome_of(const Json& exchange);

/// Throws ConfigurationError if the file's folder does not exist.
void check_folder(const std::string& path);

/// Writes exchanges to a file, completely or not at all.
///
/// \throws ConfigurationError if the file system does not allow it.
void write_recording(const std::string& path, Json::Array exchanges);

/// Reads what `write_recording` wrote.
///
/// \throws ConfigurationError if the file cannot be read, or is not a recording.
[[nodiscard]] std::vector<Json> read_recording(const std::string& path);

}  // namespace segment::inline SEGMENT_ABI::testing::detail
