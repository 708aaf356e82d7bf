#include "segment/sandbox/sandbox.hpp"

#include <cstddef>
#include <stop_token>
#include <string>
#include <utility>

#include "engine/engine.hpp"
#include "segment/error.hpp"
#include "segment/types/secret.hpp"
#include "wire/http_server.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

void require_some(std::size_t maximum, const char* name) {
  if (maximum > 0) return;
  throw ConfigurationError(std::string("the sandbox's ") + name + " must be at least 1");
}

SandboxOptions checked(SandboxOptions options) {
  require_some(options.max_rules, "max_rules");
  require_some(options.max_connections, "max_connections");
  options.token = std::string(Token(options.token).reveal());
  if (options.clock == nullptr) options.clock = Clock::system();
  return options;
}

}  // namespace

struct Sandbox::State {
  explicit State(SandboxOptions wanted)
      : options(checked(std::move(wanted))),
        engine(options, stop.get_token()),
        server(options.port, options.max_connections,
               [this](const WireRequest& request) { return engine.answer(request); }) {}
  // Before the server is destroyed, which waits for the requests in progress.
  ~State() { stop.request_stop(); }

  SandboxOptions options;
  std::stop_source stop;
  Engine engine;
  HttpServer server;
};

Sandbox::Sandbox(SandboxOptions options) : state_(std::make_unique<State>(std::move(options))) {}
Sandbox::~Sandbox() = default;

std::string Sandbox::base_url() const { return "http://127.0.0.1:" + std::to_string(port()); }

std::uint16_t Sandbox::port() const { return state_->server.port(); }

const std::string& Sandbox::token() const { return state_->options.token; }

ClientOptions Sandbox::client_options() const {
  ClientOptions options;
  options.token = Token(token());
  options.base_url = base_url();
  options.curl.proxy = "none";
  return options;
}

std::vector<RequestRecord> Sandbox::requests() const { return state_->engine.requests(); }

void Sandbox::next(std::string_view operation, Fault fault) {
  state_->engine.next(operation, std::move(fault));
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
