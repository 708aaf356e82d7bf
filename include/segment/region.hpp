#pragma once

#include <cstdint>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// Where a workspace lives. A token is good in one region only.
enum class Region : std::uint8_t { us, eu };

/// The API's base URL in a region, without a slash at its end.
[[nodiscard]] constexpr std::string_view base_url(Region region) noexcept {
  return region == Region::eu ? "https://eu1.api.segmentapis.com" : "https://api.segmentapis.com";
}

/// `us` or `eu`.
[[nodiscard]] constexpr std::string_view to_string(Region region) noexcept {
  return region == Region::eu ? "eu" : "us";
}

}  // namespace segment::inline SEGMENT_ABI
