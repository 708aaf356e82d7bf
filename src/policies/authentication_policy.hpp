#pragma once

#include <string_view>

#include "segment/http/policy.hpp"
#include "segment/token.hpp"

namespace segment::detail {

/// Puts the bearer token into every request, asking for it anew each time.
class AuthenticationPolicy final : public http::Policy {
 public:
  explicit AuthenticationPolicy(TokenProvider provider) : provider_(std::move(provider)) {}

  void before_send(http::Request& request, const http::Try& attempt) override;

 private:
  TokenProvider provider_;
};

/// The token that a request carries; empty where it has none yet.
[[nodiscard]] std::string_view token_of(const http::Request& request) noexcept;

/// Overwrites the token in a request that is done with.
void wipe_token(http::Request& request) noexcept;

}  // namespace segment::detail
