#include "calls/connection.hpp"

#include <string>
#include <utility>

#include "calls/dry_run.hpp"
#include "messages/errors.hpp"
#include "messages/event_log.hpp"
#include "messages/warnings.hpp"
#include "segment/error.hpp"

#if defined(SEGMENT_CLI_HAS_SANDBOX)
#include "segment/sandbox/sandbox.hpp"
#endif

namespace segment::cli {

namespace {

// A person who names a profile means it, and may have forgotten about a variable.
void warn_of_overriding(const Environment& environment, const CallFlags& flags) {
  if (!flags.profile) return;
  for (const std::string& variable : environment.overriding) {
    warn(variable + " is set, and takes precedence over what the profile " + environment.profile +
         " says");
  }
}

Format format_in(const Environment& environment) {
  try {
    return format_named(environment.settings.output);
  } catch (const Malformed& error) {
    throw ConfigurationError("the profile " + environment.profile + ": output: " + error.what());
  }
}

}  // namespace

ClientOptions Connection::options_from_environment(const CallFlags& flags) {
  environment_ = Environment::read(flags.profile.value_or(""));
  warn_of_overriding(environment_, flags);
  if (!format_ && !environment_.settings.output.empty()) format_ = format_in(environment_);
  ClientOptions options = environment_.client_options_without_token();
  if (flags.dry_run == DryRun::off) options.token = environment_.token();
  if (flags.ca_file) {
    options.curl.ca_file = *flags.ca_file;
    options.curl.ca_directory.clear();
  }
  return options;
}

ClientOptions Connection::options_for(const CallFlags& flags) {
#if defined(SEGMENT_CLI_HAS_SANDBOX)
  if (flags.sandbox) {
    sandbox_ = std::make_unique<sandbox::Sandbox>();
    return sandbox_->client_options();
  }
#else
  if (flags.sandbox) throw ConfigurationError("this program was built without the sandbox");
#endif
  return options_from_environment(flags);
}

Connection::Connection(const CallFlags& flags, Waits waits) : format_(flags.format()) {
  ClientOptions options = options_for(flags);
  options.application = "segment-cli";
  if (flags.verbose) {
    options.on_event = log_event;
  } else if (waits == Waits::reported) {
    options.on_event = tell_of_wait;
  }
  // If a short list is refused, the error says so.
  if (flags.short_lists != "refuse") options.on_schema_mismatch = warn_of_short_list;
  if (flags.dry_run != DryRun::off) show_instead_of_sending(options, flags.dry_run);
  client_.emplace(std::move(options));
}

Connection::~Connection() = default;

Format Connection::format(Format usual) const { return format_.value_or(usual); }

}  // namespace segment::cli
