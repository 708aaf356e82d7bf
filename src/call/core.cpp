#include "call/core.hpp"

#include <random>
#include <utility>

#include "call/base_url.hpp"
#include "policies/authentication_policy.hpp"
#include "policies/extra_headers.hpp"
#include "policies/user_agent_policy.hpp"
#include "runtime/dispatcher.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

double random_fraction() {
  thread_local std::minstd_rand engine{std::random_device{}()};
  return std::uniform_real_distribution<double>(0.0, 1.0)(engine);
}

std::shared_ptr<http::Policy> authentication(const ClientOptions& options) {
  if (options.token_provider) return std::make_shared<AuthenticationPolicy>(options.token_provider);
  if (options.token.empty()) {
    throw ConfigurationError(
        "the client has no token; set ClientOptions::token, for example to "
        "Token::from_environment(), or ClientOptions::token_provider");
  }
  return std::make_shared<AuthenticationPolicy>(options.token);
}

void check_headers(const std::vector<http::Header>& headers) {
  for (const http::Header& header : headers) {
    if (const auto reason = why_refused(header)) {
      throw ConfigurationError("ClientOptions::headers: " + *reason);
    }
  }
}

}  // namespace

Core::Core(ClientOptions options)
    : options_(std::move(options)), retry_budget_(options_.retry.budget) {
  base_url_ = checked_base_url(options_.base_url.empty() ? segment::base_url(options_.region)
                                                         : std::string_view(options_.base_url));
  if (!options_.transport)
    options_.transport = std::make_shared<http::CurlTransport>(options_.curl);
  if (!options_.clock) options_.clock = Clock::system();
  if (!options_.rate_limiter) options_.rate_limiter = RateLimiter::create();
  if (!options_.jitter) options_.jitter = random_fraction;

  dispatcher_ = std::make_shared<Dispatcher>(options_.clock, options_.async.max_in_flight);

  check_headers(options_.headers);

  // The steps around every attempt, in this order.

  // The application's own come first: what they add is a header like any other, and the token is
  // not there yet for them to see.
  policies_ = options_.policies;
  if (!policies_.empty()) policies_.push_back(std::make_shared<ExtraHeadersPolicy>());

  // Who is asking: this library, and the application where it said its name.
  policies_.push_back(std::make_shared<UserAgentPolicy>(options_.application));

  // The token comes last, so that nothing before it can see or replace it.
  policies_.push_back(authentication(options_));
}

Core::~Core() {
  if (dispatcher_) dispatcher_->close();
}

}  // namespace segment::inline SEGMENT_ABI::detail
