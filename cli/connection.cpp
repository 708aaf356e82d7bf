#include "connection.hpp"

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "errors.hpp"
#include "event_log.hpp"
#include "segment/error.hpp"

#if defined(SEGMENT_CLI_HAS_SANDBOX)
#include "segment/sandbox/sandbox.hpp"
#endif

namespace segment::cli {

namespace {

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

Region region_of(std::string_view name) {
  if (name.empty() || name == "us") return Region::us;
  if (name == "eu") return Region::eu;
  throw ConfigurationError("SEGMENT_REGION is neither us nor eu");
}

ClientOptions options_from_environment() {
  ClientOptions options;
  options.token = Token::from_environment("SEGMENT_TOKEN");
  options.region = region_of(variable("SEGMENT_REGION"));
  options.base_url = variable("SEGMENT_BASE_URL");
  return options;
}

}  // namespace

Connection::Connection(const CallFlags& flags) {
  ClientOptions options;
#if defined(SEGMENT_CLI_HAS_SANDBOX)
  if (flags.sandbox) {
    sandbox_ = std::make_unique<sandbox::Sandbox>();
    options = sandbox_->client_options();
  } else {
    options = options_from_environment();
  }
#else
  if (flags.sandbox) throw ConfigurationError("this program was built without the sandbox");
  options = options_from_environment();
#endif
  options.application = "segment-cli";
  if (flags.verbose) options.on_event = log_event;
  core_ = std::make_shared<const detail::Core>(std::move(options));
}

Connection::~Connection() = default;

}  // namespace segment::cli
