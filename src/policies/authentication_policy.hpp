#pragma once

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

/// Takes the token out of a text: error texts and bodies that quote the request are cleaned with it.
[[nodiscard]] std::string without_token(std::string text, const http::Request& request);

/// Overwrites the token in a request that is done with.
void wipe_token(http::Request& request) noexcept;

}  // namespace segment::detail
