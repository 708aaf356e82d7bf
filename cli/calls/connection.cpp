#include "calls/connection.hpp"

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "call/core.hpp"
#include "http/syntax.hpp"
#include "messages/errors.hpp"
#include "messages/event_log.hpp"
#include "messages/warnings.hpp"
#include "segment/error.hpp"
#include "segment/http/header.hpp"
#include "types/text.hpp"

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
  const auto is = [&](Region region) { return http::same_name(name, to_string(region)); };
  if (name.empty() || is(Region::us)) return Region::us;
  if (is(Region::eu)) return Region::eu;
  throw ConfigurationError("SEGMENT_REGION is neither us nor eu");
}

std::string base_url_of(std::string_view url) {
  try {
    return url.empty() ? std::string() : detail::checked_base_url(url);
  } catch (const ConfigurationError& error) {
    throw ConfigurationError(std::string("SEGMENT_BASE_URL: ") + error.what());
  }
}

// As curl does: the flag, then its own variable, then the two of OpenSSL.
void set_authorities(http::CurlOptions& curl, const std::optional<std::string>& ca_file) {
  curl.ca_file = ca_file ? *ca_file : std::string(variable("CURL_CA_BUNDLE"));
  if (!curl.ca_file.empty()) return;
  curl.ca_file = variable("SSL_CERT_FILE");
  curl.ca_directory = variable("SSL_CERT_DIR");
}

ClientOptions options_from_environment(const CallFlags& flags) {
  ClientOptions options;
  options.token = Token::from_environment("SEGMENT_TOKEN");
  options.region = region_of(detail::trimmed(variable("SEGMENT_REGION")));
  options.base_url = base_url_of(detail::trimmed(variable("SEGMENT_BASE_URL")));
  set_authorities(options.curl, flags.ca_file);
  return options;
}

}  // namespace

Connection::Connection(const CallFlags& flags, Waits waits) {
  ClientOptions options;
#if defined(SEGMENT_CLI_HAS_SANDBOX)
  if (flags.sandbox) {
    sandbox_ = std::make_unique<sandbox::Sandbox>();
    options = sandbox_->client_options();
  } else {
    options = options_from_environment(flags);
  }
#else
  if (flags.sandbox) throw ConfigurationError("this program was built without the sandbox");
  options = options_from_environment(flags);
#endif
  options.application = "segment-cli";
  if (flags.verbose) {
    options.on_event = log_event;
  } else if (waits == Waits::told) {
    options.on_event = tell_of_wait;
  }
  // Where it is refused the error says it.
  if (flags.short_lists != "refuse") options.on_schema_mismatch = warn_of_short_list;
  core_ = std::make_shared<const detail::Core>(std::move(options));
}

Connection::~Connection() = default;

}  // namespace segment::cli
