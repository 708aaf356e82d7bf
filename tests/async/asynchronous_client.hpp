#pragma once

#include <utility>

#include "segment/client.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {

/// A client of the test's server, without rate limits.
inline Client client_of(const LoopbackServer& server, ClientOptions options = {}) {
  options.token = Token("x");
  options.base_url = server.url("");
  options.curl.proxy = "none";
  options.rate_limiter = RateLimiter::unlimited();
  return Client(std::move(options));
}

}  // namespace segment::test
