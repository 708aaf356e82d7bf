#pragma once

#include <cstdint>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// Why a server could not be trusted.
enum class TlsReason : std::uint8_t {
  other,              ///< the handshake failed, or nothing more is known
  expired,            ///< the certificate's time is over, or has not come yet
  wrong_host,         ///< the certificate is for another host
  unknown_authority,  ///< the certificate is from nobody that is trusted here
};

}  // namespace segment::inline SEGMENT_ABI
