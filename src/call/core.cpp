#include "call/core.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <random>
#include <system_error>
#include <utility>

#include "call/retry_plan.hpp"
#include "http/policies.hpp"
#include "segment/error.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

[[noreturn]] void refuse_base_url(const std::string& reason) {
  throw ConfigurationError("the base URL " + reason +
                           "; it looks like https://api.segmentapis.com");
}

bool is_number_below_256(std::string_view text) noexcept {
  if (text.empty() || text.size() > 3) return false;
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return false;
    value = value * 10 + (c - '0');
  }
  return value < 256;
}

// 127.0.0.0/8, written out as four numbers: "127.evil.example" is a name.
bool is_loopback_ipv4(std::string_view host) noexcept {
  if (!host.starts_with("127.")) return false;
  int numbers = 0;
  for (;;) {
    const std::size_t dot = host.find('.');
    if (!is_number_below_256(host.substr(0, dot))) return false;
    ++numbers;
    if (dot == std::string_view::npos) return numbers == 4;
    host.remove_prefix(dot + 1);
  }
}

bool is_loopback(std::string_view host) noexcept {
  return host == "localhost" || host == "[::1]" || is_loopback_ipv4(host);
}

void check_port(std::string_view port) {
  int number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  const bool is_port =
      error == std::errc{} && end == port.data() + port.size() && number >= 1 && number <= 65535;
  if (!is_port) refuse_base_url("has a port that is not a number from 1 to 65535");
}

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

std::string checked_base_url(std::string_view url) {
  const auto is_odd = [](char c) { return c <= ' ' || c >= '\x7f' || c == '\\'; };
  if (std::ranges::any_of(url, is_odd))
    refuse_base_url("holds white space or other characters it cannot have");
  const std::string lowered = lower(url);
  const bool tls = lowered.starts_with("https://");
  if (!tls && !lowered.starts_with("http://")) refuse_base_url("does not begin with https://");
  if (lowered.find_first_of("?#@") != std::string::npos) {
    refuse_base_url("holds a user, a query or a fragment");
  }

  const std::string_view rest = std::string_view(lowered).substr(tls ? 8 : 7);
  const std::string_view authority = rest.substr(0, rest.find('/'));
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view host = authority.substr(0, colon);
  if (host.empty()) refuse_base_url("names no host");
  if (colon != std::string_view::npos) check_port(authority.substr(colon + 1));
  if (!tls && !is_loopback(host)) {
    refuse_base_url("is plain HTTP to another machine, which would show the token to the network");
  }

  std::string checked(url);
  while (checked.ends_with('/')) checked.pop_back();
  return checked;
}

// The core ----------------------------------------------------------------------------------------

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
