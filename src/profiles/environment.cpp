#include <cstdlib>
#include <string>
#include <string_view>

#include "http/syntax.hpp"
#include "profiles/token_command.hpp"
#include "profiles/toml.hpp"
#include "segment/error.hpp"
#include "segment/profile.hpp"
#include "types/files.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI {

namespace {

using TokenSource = Environment::TokenSource;

constexpr auto token_variable = "SEGMENT_TOKEN";

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string_view trimmed_variable(const char* name) { return detail::trimmed(variable(name)); }

// The variable's value, noted as overriding if the profile has one too.
std::string_view overriding_variable(const char* name, bool profile_says_it, Environment& found) {
  const std::string_view value = trimmed_variable(name);
  if (!value.empty() && profile_says_it) found.overriding.emplace_back(name);
  return value;
}

Region region_of(std::string_view name) {
  if (const auto region = parse_region(name)) return *region;
  throw ConfigurationError("SEGMENT_REGION is neither us nor eu");
}

std::string base_url_of(std::string_view url) {
  try {
    return detail::checked_base_url(url);
  } catch (const ConfigurationError& error) {
    throw ConfigurationError(std::string("SEGMENT_BASE_URL: ") + error.what());
  }
}

std::string names_of(const ProfileFile& file) {
  std::string names;
  for (const auto& [name, profile] : file.profiles) {
    names.append(names.empty() ? "; it has " : ", ").append(name);
  }
  return names;
}

[[noreturn]] void refuse_invalid(const std::string& name, const std::string& why,
                                 const ProfileFile& file) {
  throw ConfigurationError("the file " + file.path + ": profile " + name + ": " + why);
}

[[noreturn]] void refuse_profile(const std::string& name, const ProfileFile& file) {
  if (file.path.empty()) {
    throw ConfigurationError("the profile " + name +
                             " is not found: neither XDG_CONFIG_HOME nor HOME is set");
  }
  throw ConfigurationError("there is no profile " + name + " in " + file.path + names_of(file));
}

// A path as it is written in a profile, which may be relative to the profile file.
std::string file_of(const std::string& written, const std::string& profile_file) {
  if (written.starts_with("~/")) return std::string(variable("HOME")) + written.substr(1);
  if (written.starts_with('/')) return written;
  return profile_file.substr(0, profile_file.rfind('/') + 1) + written;
}

void find_token(Environment& found, const ProfileFile& file) {
  const Profile& settings = found.settings;
  const bool is_set = std::getenv(token_variable) != nullptr;
  const bool is_used = !overriding_variable(token_variable, settings.has_token(), found).empty();
  if (is_used || (is_set && !settings.has_token())) {
    found.token_source = TokenSource::variable;
    found.token_origin = token_variable;
  } else if (!settings.token.empty()) {
    found.token_source = TokenSource::profile;
    found.token_origin = file.path;
  } else if (!settings.token_variable.empty()) {
    found.token_source = TokenSource::variable;
    found.token_origin = settings.token_variable;
  } else if (!settings.token_file.empty()) {
    found.token_source = TokenSource::file;
    found.token_origin = file_of(settings.token_file, file.path);
  } else if (!settings.token_command.empty()) {
    found.token_source = TokenSource::command;
    found.token_origin = settings.token_command.front();
  }
}

// Without a TOML reader, the file is not needed if the variables suffice.
ProfileFile profiles_for(std::string_view wanted) {
  const bool can_do_without = wanted.empty() && !trimmed_variable(token_variable).empty();
  if (!detail::reads_toml() && can_do_without) return {};
  return read_profile_file();
}

}  // namespace

Environment Environment::read(std::string_view profile) {
  Environment found;
  const std::string_view wanted = profile.empty() ? trimmed_variable("SEGMENT_PROFILE") : profile;
  const ProfileFile file = profiles_for(wanted);
  found.profile = wanted.empty() ? file.default_profile : std::string(wanted);
  if (!found.profile.empty()) {
    const auto invalid = file.invalid.find(found.profile);
    if (invalid != file.invalid.end()) refuse_invalid(found.profile, invalid->second, file);
    const auto entry = file.profiles.find(found.profile);
    if (entry == file.profiles.end()) {
      if (!wanted.empty() && !detail::reads_toml()) static_cast<void>(detail::read_toml({}));
      refuse_profile(found.profile, file);
    }
    found.settings = entry->second;
  }
  find_token(found, file);
  const Profile& settings = found.settings;
  const auto region = overriding_variable("SEGMENT_REGION", settings.region.has_value(), found);
  found.region = region.empty() ? settings.region.value_or(Region::us) : region_of(region);
  const auto url = overriding_variable("SEGMENT_BASE_URL", !settings.base_url.empty(), found);
  found.base_url = url.empty() ? settings.base_url : base_url_of(url);
  return found;
}

Token Environment::token() const {
  switch (token_source) {
    case TokenSource::profile:
      return settings.token;
    case TokenSource::file:
      detail::require_private(token_origin);
      return Token::from_file(token_origin);
    case TokenSource::command:
      return detail::token_of_command(settings.token_command, settings.token_command_timeout);
    case TokenSource::variable:
      return Token::from_environment(token_origin);
    case TokenSource::none:
      break;
  }
  if (!profile.empty()) {
    throw ConfigurationError("the file " + profile_file_path() + ": the profile " + profile +
                             " names no token");
  }
  const ProfileFile file = profiles_for({});
  if (!file.profiles.empty()) {
    throw ConfigurationError("SEGMENT_TOKEN is not set, and no profile is chosen in " + file.path +
                             names_of(file) + "; name one by SEGMENT_PROFILE or default_profile");
  }
  return Token::from_environment(token_variable);  // throws that it is not set
}

std::string Environment::token_source_text() const {
  switch (token_source) {
    case TokenSource::profile:
    case TokenSource::file:
      return "the file " + token_origin;
    case TokenSource::command:
      return "the command " + token_origin;
    case TokenSource::variable:
      return "the environment variable " + token_origin;
    case TokenSource::none:
      break;
  }
  return "nowhere";
}

ClientOptions Environment::client_options_without_token() const {
  ClientOptions options;
  options.region = region;
  options.base_url = base_url;
  // As curl does: its own variable, then OpenSSL's two.
  options.curl.ca_file = variable("CURL_CA_BUNDLE");
  if (options.curl.ca_file.empty()) {
    options.curl.ca_file = variable("SSL_CERT_FILE");
    options.curl.ca_directory = variable("SSL_CERT_DIR");
  }
  return options;
}

ClientOptions Environment::client_options() const {
  ClientOptions options = client_options_without_token();
  options.token = token();
  return options;
}

ClientOptions ClientOptions::from_environment(std::string_view profile) {
  return Environment::read(profile).client_options();
}

}  // namespace segment::inline SEGMENT_ABI
