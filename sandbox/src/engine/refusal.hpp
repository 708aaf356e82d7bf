#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// One entry of an answer's `errors`.
struct ErrorItem {
  std::string type;
  std::string message;
  std::string field{};         // dotted path into the input; empty: none
  std::optional<Json> data{};  // whatever belongs to it
};

/// What the API calls an error about one member of the input.
inline constexpr const char* invalid_input = "input-validation";

/// Thrown where a call is answered with an error.
struct Refusal {
  int status;
  std::vector<ErrorItem> errors;
};

[[nodiscard]] inline Refusal refuse(int status, std::string type, std::string message) {
  return {status, {{std::move(type), std::move(message)}}};
}

/// There is no such thing. Its id is left out: a write key can be one.
[[nodiscard]] inline Refusal not_found(std::string_view what) {
  return refuse(404, "not-found", "There is no such " + std::string(what) + " in this workspace.");
}

[[nodiscard]] inline Refusal conflict(std::string message) {
  return refuse(409, "conflict", std::move(message));
}

/// A 422 about one member of the input.
///
/// \param predicate of the member, which the answer names beside it: `must not be empty`.
[[nodiscard]] inline Refusal invalid(std::string field, std::string predicate) {
  return {422, {{invalid_input, std::move(predicate), std::move(field)}}};
}

/// The body of an answer that says no.
[[nodiscard]] std::string error_body(const std::vector<ErrorItem>& errors);

}  // namespace segment::inline SEGMENT_ABI::sandbox
