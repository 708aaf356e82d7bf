#include "call/core.hpp"

#include <chrono>
#include <optional>
#include <random>
#include <string_view>
#include <utility>

#include "call/retry_plan.hpp"
#include "http/policies.hpp"
#include "http/syntax.hpp"
#include "json/events.hpp"
#include "operations/prepared_call.hpp"
#include "segment/error.hpp"
#include "threads/guards.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// Each forked child seeds its own generator, so that they do not all wait alike.
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
    if (names_version(header)) {
      throw ConfigurationError("ClientOptions::headers: the header " + header.name +
                               " names a version; set CallOptions::version for each call");
    }
  }
}

void check_times(const ClientOptions& options) {
  const auto check = [](std::string_view name, auto time) {
    if (time >= time.zero()) return;
    throw ConfigurationError("ClientOptions::" + std::string(name) +
                             " is negative; it must be 0 or more");
  };
  check("timeouts.connect", options.timeouts.connect);
  check("timeouts.per_attempt", options.timeouts.per_attempt);
  check("timeouts.call", options.timeouts.call);
  check("timeouts.stall", options.timeouts.stall);
  check("retry.initial_backoff", options.retry.initial_backoff);
  check("retry.max_backoff", options.retry.max_backoff);
  check("async.shutdown_timeout", options.async.shutdown_timeout);
}

}  // namespace

Core::Core(ClientOptions options)
    : options_(std::move(options)), retry_budget_(options_.retry.budget) {
  load_json_reader();
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
  check_times(options_);

  // The policies around every attempt, in order. The application's come first, so that the headers
  // they add are checked and they never see the token.
  policies_ = options_.policies;
  if (!policies_.empty()) policies_.push_back(std::make_shared<HeaderGuardPolicy>());

  policies_.push_back(std::make_shared<UserAgentPolicy>(options_.application));

  // The token comes last, so that nothing before it can see or replace it.
  policies_.push_back(authentication(options_));
}

Core::~Core() = default;

void Core::end_asynchronous_calls() const noexcept {
  ClientLifetime* const life = life_.find();
  if (life == nullptr) return;
  auto deadline = std::chrono::steady_clock::time_point::min();
  ignoring_exceptions([&] { deadline = later(clock().now(), options_.async.shutdown_timeout); });
  life->end_runtime_by(clock(), deadline);
}

}  // namespace segment::inline SEGMENT_ABI::detail
