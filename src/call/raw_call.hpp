#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "call/prepared_call.hpp"
#include "segment/call_options.hpp"
#include "segment/client_options.hpp"
#include "segment/http/method.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Encodes a call by verb and path, and looks it over. Its result is a Json.
///
/// \throws InvalidArgumentError for a path that could lead elsewhere, and a body that cannot be
///         written, or must not be.
[[nodiscard]] PreparedCall prepare_raw_call(const ClientOptions& client, http::Method method,
                                            std::string_view path,
                                            const std::vector<QueryParameter>& query,
                                            const std::optional<Json>& body,
                                            const CallOptions& options);

}  // namespace segment::inline SEGMENT_ABI::detail
