#pragma once

#include <string_view>

#include "segment/call_options.hpp"
#include "segment/client_options.hpp"
#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The media type of the version to ask for: the call's own or the most stable one. Of an operation
/// that this library does not know, plain JSON.
///
/// \throws InvalidArgumentError for a version that the operation lacks, or that is less stable than
///         the client allows.
[[nodiscard]] std::string_view chosen_media_type(const ClientOptions& client,
                                                 const Operation& operation,
                                                 const CallOptions& options);

}  // namespace segment::inline SEGMENT_ABI::detail
