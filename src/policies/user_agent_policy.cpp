#include "policies/user_agent_policy.hpp"

#include "http/header_text.hpp"
#include "segment/error.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

UserAgentPolicy::UserAgentPolicy(const std::string& application)
    : value_("segment-public-api-cpp/" SEGMENT_PUBLIC_API_VERSION) {
  if (application.empty()) return;
  if (!is_header_value(application)) {
    throw ConfigurationError(
        "ClientOptions::application holds a control character, which would break its header");
  }
  value_.insert(0, application + " ");
}

std::optional<http::Outcome> UserAgentPolicy::before_send(http::Request& request,
                                                          http::Attempt& /*attempt*/) {
  // A User-Agent that the caller set stays: it is theirs to choose.
  if (request.headers.find("User-Agent") == nullptr) request.headers.add("User-Agent", value_);
  return std::nullopt;
}

}  // namespace segment::inline SEGMENT_ABI::detail
