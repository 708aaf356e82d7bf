#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "call/call_table.hpp"
#include "call/core.hpp"
#include "call/encoded_call.hpp"
#include "segment/call_options.hpp"
#include "segment/http/method.hpp"
#include "segment/json.hpp"

namespace segment::detail {

/// A call by verb and path, as every other call is made.
struct RawCall {
  const CallTable& table;
  EncodedCall encoded;
};

/// Encodes a call by verb and path. Its result is a Json.
///
/// \throws InvalidArgumentError for a path that could lead elsewhere, and a body that cannot be
///         written.
[[nodiscard]] RawCall prepare_raw_call(const Core& core, http::Method method, std::string_view path,
                                       const std::vector<QueryParameter>& query,
                                       const std::optional<Json>& body, const CallOptions& options);

}  // namespace segment::detail
