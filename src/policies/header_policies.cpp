#include "policies/header_policies.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "http/header_text.hpp"
#include "segment/error.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// Headers that say how a message is framed and where it goes: another one's length or host makes
// two servers on the way read different requests.
constexpr std::array<std::string_view, 13> headers_of_the_connection = {"Connection",
                                                                        "Content-Length",
                                                                        "Cookie",
                                                                        "Expect",
                                                                        "Host",
                                                                        "HTTP2-Settings",
                                                                        "Keep-Alive",
                                                                        "Proxy-Authorization",
                                                                        "Proxy-Connection",
                                                                        "TE",
                                                                        "Trailer",
                                                                        "Transfer-Encoding",
                                                                        "Upgrade"};

}  // namespace

std::optional<std::string> why_refused(const http::Header& header) {
  if (!is_header_name(header.name) || !is_header_value(header.value)) {
    return "an extra header has a name or a value that no header can have";
  }
  if (http::same_name(header.name, "Authorization")) {
    return "Authorization is set by the library; give the client another token instead";
  }
  const auto* found = std::ranges::find_if(headers_of_the_connection, [&](std::string_view name) {
    return http::same_name(header.name, name);
  });
  if (found == headers_of_the_connection.end()) return std::nullopt;
  return "the header " + std::string(*found) +
         " belongs to the connection and is the library's to set; leave it out";
}

std::optional<http::Outcome> ExtraHeadersPolicy::before_send(http::Request& request,
                                                             http::Attempt& attempt) {
  for (const http::Header& header : request.headers) {
    const auto reason = why_refused(header);
    if (!reason) continue;
    ErrorFacts facts;
    facts.operation = attempt.operation.id;
    facts.attempts = attempt.number - 1;
    facts.tag = attempt.tag;
    const std::string message =
        facts.operation + ": refused a header of one of the client's policies: " + *reason;
    throw ConfigurationError(message, std::move(facts));
  }
  return std::nullopt;
}

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
