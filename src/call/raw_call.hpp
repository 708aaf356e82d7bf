#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "call/core.hpp"
#include "segment/call_options.hpp"
#include "segment/http/method.hpp"
#include "segment/json.hpp"

namespace segment::detail {

/// Makes a call by verb and path, through the same executor as every other.
[[nodiscard]] Json raw_call(const Core& core, http::Method method, std::string_view path,
                            const std::vector<QueryParameter>& query,
                            const std::optional<Json>& body, const CallOptions& options);

}  // namespace segment::detail
