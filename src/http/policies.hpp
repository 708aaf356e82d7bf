#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "segment/http/header.hpp"
#include "segment/http/policy.hpp"
#include "segment/http/request.hpp"
#include "segment/types/secret.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Why a header is not the caller's to set, as a sentence of a message; nothing where it is.
[[nodiscard]] std::optional<std::string> why_refused(http::HeaderView header);

/// Refuses what the application's own policies must not set. It stands right after them.
class ExtraHeadersPolicy final : public http::Policy {
 public:
  std::optional<http::Outcome> before_send(http::Request& request, http::Attempt& attempt) override;
};

/// Sets the User-Agent: `billing/2.4 segment-public-api-cpp/0.2.0`.
class UserAgentPolicy final : public http::Policy {
 public:
  /// \param application the program's name and version; empty: this library's alone.
  /// \throws ConfigurationError where it would break its header.
  explicit UserAgentPolicy(const std::string& application);

  std::optional<http::Outcome> before_send(http::Request& request, http::Attempt& attempt) override;

 private:
  std::string value_;
};

/// Puts the bearer token into every request; a provider is asked for it anew each time.
class AuthenticationPolicy final : public http::Policy {
 public:
  explicit AuthenticationPolicy(Token token) : token_(std::move(token)) {}
  explicit AuthenticationPolicy(TokenProvider provider) : provider_(std::move(provider)) {}

  std::optional<http::Outcome> before_send(http::Request& request, http::Attempt& attempt) override;

 private:
  static void set(http::Request& request, const Token& token);

  Token token_;
  TokenProvider provider_;  // empty: it is always the token
};

/// Takes the token out of a text: what a server or a transport says may quote the request.
///
/// Recognised are the token as it is, with escapes of JSON (also of JSON within JSON) and
/// percent-encoded. Not recognised are other encodings, such as Base64, and parts of it. A token of
/// fewer than six characters is none of Segment's, and stays.
///
/// \param most where the text is longer than so many bytes without the token, the end may be left
///        out, but never so that half a token stays behind.
[[nodiscard]] std::string without_token(std::string_view text, const http::Request& request,
                                        std::size_t most = std::string::npos);

}  // namespace segment::inline SEGMENT_ABI::detail
