#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// One entry of a response's `errors`.
struct ErrorItem {
  std::string type;
  std::string message;
  std::string field{};         // dotted path into the input; empty: none
  std::optional<Json> data{};  // additional data
};

/// The API's type for an error about one member of the input.
inline constexpr const char* invalid_input = "input-validation";

/// Thrown if the response to a call is an error.
struct Refusal {
  int status;
  std::vector<ErrorItem> errors;
};

[[nodiscard]] inline Refusal refuse(int status, std::string type, std::string message) {
  return {status, {{std::move(type), std::move(message)}}};
}

/// There is no such resource. Its id is left out: it can be a write key.
[[nodiscard]] inline Refusal not_found(std::string_view what) {
  return refuse(404, "not-found", "There is no such " + std::string(what) + " in this workspace.");
}

[[nodiscard]] inline Refusal conflict(std::string message) {
  return refuse(409, "conflict", std::move(message));
}

/// A 422 about one member of the input.
///
/// \param predicate of the member, which the response names next to it: `must not be empty`.
[[nodiscard]] inline Refusal invalid(std::string field, std::string predicate) {
  return {422, {{invalid_input, std::move(predicate), std::move(field)}}};
}

/// The body of an error response.
[[nodiscard]] std::string error_body(const std::vector<ErrorItem>& errors);

}  // namespace segment::inline SEGMENT_ABI::sandbox
