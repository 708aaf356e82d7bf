#pragma once

#include <optional>
#include <string>

#include "segment/http/policy.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Says who is asking: `billing/2.4 segment-public-api-cpp/0.1.0`.
class UserAgentPolicy final : public http::Policy {
 public:
  /// \param application the program's name and version; empty: this library's alone.
  /// \throws ConfigurationError where it would break its header.
  explicit UserAgentPolicy(const std::string& application);

  std::optional<http::Outcome> before_send(http::Request& request, http::Attempt& attempt) override;

 private:
  std::string value_;
};

}  // namespace segment::inline SEGMENT_ABI::detail
