#pragma once

#include <optional>
#include <string>

#include "segment/http/header.hpp"
#include "segment/http/policy.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Why a header is not the caller's to set, as a sentence of a message; nothing where it is.
[[nodiscard]] std::optional<std::string> why_refused(const http::Header& header);

/// Refuses what the application's own policies must not set. It stands right after them.
class ExtraHeadersPolicy final : public http::Policy {
 public:
  std::optional<http::Outcome> before_send(http::Request& request, http::Attempt& attempt) override;
};

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
