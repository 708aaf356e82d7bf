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

/// Why the caller must not set a header, as a sentence of a message; std::nullopt if it may.
[[nodiscard]] std::optional<std::string> why_refused(http::HeaderView header);

/// Refuses what the application's own policies must not set. It runs right after them.
class HeaderGuardPolicy final : public http::Policy {
 public:
  std::optional<http::Outcome> before_send(http::Request& request, http::Attempt& attempt) override;
};

/// Sets the User-Agent: `billing/2.4 segment-public-api-cpp/0.2.0`.
class UserAgentPolicy final : public http::Policy {
 public:
  /// \param application the program's name and version; empty: only this library's.
  /// \throws ConfigurationError if it would break the header.
  explicit UserAgentPolicy(const std::string& application);

  std::optional<http::Outcome> before_send(http::Request& request, http::Attempt& attempt) override;

 private:
  std::string value_;
};

/// Puts the bearer token into every request; a provider is asked for it each time.
class AuthenticationPolicy final : public http::Policy {
 public:
  explicit AuthenticationPolicy(Token token) : token_(std::move(token)) {}
  explicit AuthenticationPolicy(TokenProvider provider) : provider_(std::move(provider)) {}

  std::optional<http::Outcome> before_send(http::Request& request, http::Attempt& attempt) override;

 private:
  static void set(http::Request& request, const Token& token);

  Token token_;
  TokenProvider provider_;  // empty: `token_` is used
};

/// Removes the token from a text, since what a server or a transport says may quote the request.
///
/// Recognises the token as it is, with JSON escapes (also of JSON within JSON) and percent-encoded,
/// but not in other encodings, such as Base64, and not parts of it. A token of fewer than six
/// characters is not one of Segment's, and stays.
///
/// \param most if the text without the token is longer than this many bytes, its end may be left
///        out, but never so that half a token remains.
[[nodiscard]] std::string without_token(std::string_view text, const http::Request& request,
                                        std::size_t most = std::string::npos);

}  // namespace segment::inline SEGMENT_ABI::detail
