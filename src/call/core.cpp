#include "call/core.hpp"

#include <optional>
#include <random>
#include <utility>

#include "call/retry_plan.hpp"
#include "errors/raise.hpp"
#include "http/policies.hpp"
#include "http/syntax.hpp"
#include "json/events.hpp"
#include "operations/prepared_call.hpp"
#include "segment/error.hpp"
#include "threads/library_thread.hpp"

namespace segment::inline SEGMENT_ABI::detail {

// Calls in progress -------------------------------------------------------------------------------

namespace {

// Grace period for cancelled calls; a transport that honours its stop token needs far less.
constexpr std::chrono::seconds time_to_stop{5};

}  // namespace

ClientLifetime::ClientLifetime(const std::stop_token& stop) {
  if (stop.stop_possible()) on_applications_stop_.emplace(stop, [this] { request_stop(); });
}

ClientLifetime::~ClientLifetime() { end_runtime(); }

void ClientLifetime::request_stop() noexcept {
  if (is_of_this_process()) stop_.request_stop();
}

void ClientLifetime::close() noexcept {
  closed_ = true;
  if (count_ == 0) none_left_.request_stop();
}

void ClientLifetime::leave() noexcept {
  if (--count_ == 0 && closed_) none_left_.request_stop();
}

bool ClientLifetime::shut_down(Clock& clock,
                               std::chrono::steady_clock::time_point deadline) noexcept {
  close();
  const std::stop_token none_left = none_left_.get_token();
  // Without a clock there is no time to wait.
  ignoring_exceptions([&] {
    if (!stop_.stop_requested()) clock.wait_until(deadline, none_left);
  });
  const bool all_ended = none_left.stop_requested();
  request_stop();
  if (!all_ended) {
    Clock::system()->wait_until(std::chrono::steady_clock::now() + time_to_stop, none_left);
  }
  return all_ended;
}

Background& ClientLifetime::runtime(
    const std::function<std::shared_ptr<Background>()>& make) const {
  if (Background* made = runtime_.load(std::memory_order_acquire)) return *made;
  const std::scoped_lock lock(runtime_mutex_);
  if (!owned_runtime_) {
    owned_runtime_ = make();
    runtime_.store(owned_runtime_.get(), std::memory_order_release);
  }
  return *owned_runtime_;
}

void ClientLifetime::end_runtime() noexcept {
  if (Background* made = runtime_.load(std::memory_order_acquire)) made->end();
}

void ClientLifetime::end_runtime_by(Clock& clock,
                                    std::chrono::steady_clock::time_point deadline) noexcept {
  Background* const runtime = runtime_.load(std::memory_order_acquire);
  if (runtime == nullptr) return;
  if (may_wait()) {
    shut_down(clock, deadline);
    return runtime->end();
  }
  // The runtime's thread ends when the last call releases this.
  close();
  try {
    if (!none_left_.stop_requested()) runtime->stop_at(deadline);
  } catch (...) {  // no thread for the timer
    request_stop();
  }
}

// One call ----------------------------------------------------------------------------------------

CallInProgress::CallInProgress(ClientLifetime& life) noexcept : life_(life.shared_from_this()) {
  life.enter();
  if (life.is_closed()) end();
}

CallInProgress::CallInProgress(ClientLifetime& life, const PreparedCall& call)
    : CallInProgress(life) {
  if (life_) return;
  throw error_about<CancelledError>(
      call.operation(), call.tag(),
      "the client was shut down and accepts no more calls; nothing was sent");
}

std::optional<CallInProgress> CallInProgress::begin(ClientLifetime& life) noexcept {
  CallInProgress begun(life);
  return begun.life_ ? std::optional(begun) : std::nullopt;
}

CallInProgress::CallInProgress(const CallInProgress& other) noexcept : life_(other.life_) {
  if (life_) life_->enter();
}

void CallInProgress::end() noexcept {
  if (const auto life = std::exchange(life_, nullptr)) life->leave();
}

CallStop::CallStop(const std::stop_token& of_call, std::stop_token of_client)
    : token_(std::move(of_client)) {
  if (!of_call.stop_possible()) return;
  both_ = std::make_unique<Both>(of_call, token_);
  token_ = both_->source.get_token();
}

// What all copies share ---------------------------------------------------------------------------

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
