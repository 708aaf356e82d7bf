#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "call/operation_tables.hpp"
#include "segment/call_options.hpp"
#include "segment/detail/call.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A call's input as it goes over the wire, before it meets a base URL and headers.
struct EncodedCall {
  std::string path;
  std::vector<QueryParameter> query;
  std::optional<std::string> body;

  /// Path and query, percent-encoded, behind a base URL.
  [[nodiscard]] std::string target(std::string_view base_url = {}) const;
};

/// Encodes a call's input and its options' extra parameters and members.
///
/// \throws InvalidArgumentError for an empty path parameter, one of `.` or `..`, text that is not
///         UTF-8, and extra body members that are no object.
[[nodiscard]] EncodedCall encode(const Operation& operation, const CallInput& input,
                                 const CallOptions& options);

/// A body as text, with the call's extra members added to it.
///
/// \throws InvalidArgumentError for what cannot be written, and where it or the extra is no object.
[[nodiscard]] std::string body_text(const Operation& operation, Json body,
                                    const CallOptions& options);

/// The value of a query parameter, or null where it is not there.
[[nodiscard]] const std::string* find_parameter(const std::vector<QueryParameter>& query,
                                                std::string_view name);

/// Replaces a query parameter's value, or adds it.
void set_parameter(std::vector<QueryParameter>& query, std::string_view name, std::string value);

}  // namespace segment::inline SEGMENT_ABI::detail
