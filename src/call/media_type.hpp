#pragma once

#include <string_view>

#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The media type that asks for a version of the API, for `Accept` and `Content-Type`.
[[nodiscard]] constexpr std::string_view media_type(ApiVersion version) noexcept {
  switch (version) {
    case ApiVersion::v1:
      return "application/vnd.segment.v1+json";
    case ApiVersion::beta:
      return "application/vnd.segment.v1beta+json";
    case ApiVersion::alpha:
      return "application/vnd.segment.v1alpha+json";
  }
  return "application/vnd.segment.v1+json";
}

}  // namespace segment::inline SEGMENT_ABI::detail
