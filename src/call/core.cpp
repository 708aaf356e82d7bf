#include "call/core.hpp"

#include <optional>
#include <random>
#include <utility>

#include "call/retry_plan.hpp"
#include "http/policies.hpp"
#include "http/syntax.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// Forked children are not to wait alike: each seeds its own.
double random_fraction() {
  thread_local std::minstd_rand engine;
  thread_local std::optional<unsigned> seeded_in;
  if (seeded_in != process_generation()) {
    engine.seed(std::random_device{}());
    seeded_in = process_generation();
  }
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

  if (options_.async.on_unhandled_exception) {
    on_unhandled_exception_ =
        std::make_shared<const ExceptionHandler>(options_.async.on_unhandled_exception);
  }

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

void Core::end_asynchronous_calls() const noexcept {
  ClientLife* const life = life_.find();
  if (life == nullptr) return;
  auto deadline = std::chrono::steady_clock::time_point::min();
  try {
    deadline = later(clock().now(), options_.async.shutdown_timeout);
  } catch (...) {  // NOLINT(bugprone-empty-catch): a clock that throws leaves no time to wait
  }
  life->end_runtime_by(clock(), deadline);
}

}  // namespace segment::inline SEGMENT_ABI::detail
