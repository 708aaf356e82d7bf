#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "segment/http/policy.hpp"
#include "segment/types/token.hpp"

namespace segment::inline SEGMENT_ABI::detail {

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

/// The token that a request carries; empty where it has none yet.
[[nodiscard]] std::string_view token_of(const http::Request& request) noexcept;

/// Overwrites the token in a request that is done with.
void wipe_token(http::Request& request) noexcept;

}  // namespace segment::inline SEGMENT_ABI::detail
