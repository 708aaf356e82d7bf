#include <sys/stat.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/syntax.hpp"
#include "profiles/toml.hpp"
#include "segment/error.hpp"
#include "segment/helpers/text.hpp"
#include "segment/profile.hpp"
#include "types/files.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI {

namespace {

constexpr std::int64_t longest_timeout = 3600;

constexpr std::string_view profile_members[] = {
    "token",  "token_variable", "token_file", "token_command", "token_command_timeout",
    "region", "base_url",       "output"};
constexpr std::string_view file_members[] = {"default_profile", "profiles"};

[[noreturn]] void refuse_value(std::string_view name, std::string_view wanted) {
  throw ConfigurationError(std::string(name) + " must be " + std::string(wanted));
}

void refuse_unknown(const Json& object, std::span<const std::string_view> known) {
  for (const auto& [name, value] : object.as_object()) {
    if (std::ranges::find(known, name) != known.end()) continue;
    throw ConfigurationError("there is no setting " + name +
                             did_you_mean(nearest_name(name, known)));
  }
}

std::string text_in(const Json& object, std::string_view name) {
  const Json* value = object.find(name);
  if (value == nullptr) return {};
  if (!value->is_string()) refuse_value(name, "a text in quotes");
  if (value->as_string().empty()) refuse_value(name, "non-empty: leave it out instead");
  return value->as_string();
}

std::vector<std::string> words_in(const Json& object, std::string_view name) {
  constexpr auto wanted = R"(a list of words, ["pass", "show", "segment"])";
  std::vector<std::string> words;
  const Json* value = object.find(name);
  if (value == nullptr) return words;
  if (!value->is_array() || value->empty()) refuse_value(name, wanted);
  for (const Json& word : value->as_array()) {
    if (!word.is_string()) refuse_value(name, wanted);
    words.push_back(word.as_string());
  }
  if (words.front().empty()) refuse_value(name, wanted);
  return words;
}

std::optional<Region> region_in(const Json& object) {
  const std::string text = text_in(object, "region");
  if (text.empty()) return std::nullopt;
  if (const auto region = parse_region(text)) return region;
  refuse_value("region", "us or eu");
}

std::string base_url_in(const Json& object) {
  const std::string url = text_in(object, "base_url");
  return url.empty() ? url : detail::checked_base_url(url);
}

std::chrono::seconds timeout_in(const Json& object, std::chrono::seconds usual) {
  const Json* value = object.find("token_command_timeout");
  if (value == nullptr) return usual;
  if (!value->is_integer() || value->as_integer() < 1 || value->as_integer() > longest_timeout) {
    refuse_value("token_command_timeout", "a whole number of seconds, from 1 to 3600");
  }
  return std::chrono::seconds(value->as_integer());
}

Profile profile_of(const Json& object) {
  if (!object.is_object())
    throw ConfigurationError("is not a table; begin it with [profiles.NAME]");
  refuse_unknown(object, profile_members);
  const auto sources = std::count_if(profile_members, profile_members + 4,
                                     [&](auto name) { return object.contains(name); });
  if (sources > 1) {
    throw ConfigurationError(
        "a token has one source: keep one of token, token_variable, token_file and token_command");
  }
  Profile profile;
  if (object.contains("token")) profile.token = Token(text_in(object, "token"));
  profile.token_variable = text_in(object, "token_variable");
  profile.token_file = text_in(object, "token_file");
  profile.token_command = words_in(object, "token_command");
  profile.token_command_timeout = timeout_in(object, profile.token_command_timeout);
  profile.region = region_in(object);
  profile.base_url = base_url_in(object);
  profile.output = text_in(object, "output");
  return profile;
}

void read_profiles(ProfileFile& file, const Json& document) {
  refuse_unknown(document, file_members);
  file.default_profile = text_in(document, "default_profile");
  const Json* profiles = document.find("profiles");
  if (profiles == nullptr) return;
  if (!profiles->is_object()) refuse_value("profiles", "tables, [profiles.NAME]");
  for (const auto& [name, value] : profiles->as_object()) {
    try {
      file.profiles.emplace(name, profile_of(value));
    } catch (const ConfigurationError& error) {
      file.invalid.emplace(name, error.what());
    }
  }
}

bool holds_a_token(const Json& document) {
  const Json* profiles = document.find("profiles");
  return profiles != nullptr &&
         std::ranges::any_of(profiles->as_object(), [](const Json::Member& each) {
           return each.value.is_object() && each.value.contains("token");
         });
}

Json json_of(const Profile& profile) {
  Json object = Json::object();
  const auto put = [&](std::string_view name, std::string_view text) {
    if (!text.empty()) object[name] = text;
  };
  put("token", profile.token.reveal());
  put("token_variable", profile.token_variable);
  put("token_file", profile.token_file);
  for (const std::string& word : profile.token_command) object["token_command"].push_back(word);
  if (profile.token_command_timeout != Profile{}.token_command_timeout) {
    object["token_command_timeout"] = profile.token_command_timeout.count();
  }
  if (profile.region) put("region", to_string(*profile.region));
  put("base_url", profile.base_url);
  put("output", profile.output);
  return object;
}

Json document_of(const ProfileFile& file) {
  Json document = Json::object();
  if (!file.default_profile.empty()) document["default_profile"] = file.default_profile;
  for (const auto& [name, profile] : file.profiles) {
    try {
      check_profile(profile);
    } catch (const ConfigurationError& error) {
      throw ConfigurationError("profile " + name + ": " + error.what());
    }
    document["profiles"][name] = json_of(profile);
  }
  return document;
}

// toml++ writes some names, such as those with a line break, in a form that it does not read.
void require_readable(const std::string& content) {
  try {
    static_cast<void>(detail::read_toml(content));
  } catch (const ConfigurationError&) {
    throw ConfigurationError("a profile has a name that cannot be written: use letters and digits");
  }
}

// A hash of the content, which can contain tokens; `-` if there is no file.
std::string id_of(const std::optional<std::string>& content) {
  return content ? std::to_string(std::hash<std::string_view>{}(*content)) : "-";
}

void refuse_changed(const ProfileFile& file, const std::optional<std::string>& present) {
  if (file.content_id.empty() || file.content_id == id_of(present)) return;
  throw ConfigurationError(
      "the file " + file.path +
      " has changed since it was read, and nothing was written; read it again");
}

// Invalid profiles are held only by the file, since they could contain anything, even a token.
void keep_invalid(Json& document, const ProfileFile& file,
                  const std::optional<std::string>& present) {
  if (file.invalid.empty() || !present) return;
  const Json written = detail::read_toml(*present);
  const Json* profiles = written.find("profiles");
  for (const auto& [name, why] : file.invalid) {
    const Json* profile = profiles != nullptr ? profiles->find(name) : nullptr;
    if (profile != nullptr && !file.profiles.contains(name)) document["profiles"][name] = *profile;
  }
}

// An absolute path, as the XDG specification requires; otherwise the variable counts as unset.
// Without slashes at its end, so the root is an empty text.
std::optional<std::string> folder_in(const char* variable) {
  const char* value = std::getenv(variable);
  if (value == nullptr || value[0] != '/') return std::nullopt;
  std::string folder = value;
  while (folder.ends_with('/')) folder.pop_back();
  return folder;
}

}  // namespace

std::optional<Region> parse_region(std::string_view name) noexcept {
  for (const Region region : {Region::us, Region::eu}) {
    if (detail::same_but_for_case(name, to_string(region))) return region;
  }
  return std::nullopt;
}

bool Profile::has_token() const noexcept {
  return !token.empty() || !token_variable.empty() || !token_file.empty() || !token_command.empty();
}

std::string profile_file_path() {
  if (const auto folder = folder_in("XDG_CONFIG_HOME")) return *folder + "/segment/config.toml";
  const auto home = folder_in("HOME");
  return home ? *home + "/.config/segment/config.toml" : std::string();
}

ProfileFile read_profile_file(std::string path) {
  ProfileFile file{.path = path.empty() ? profile_file_path() : std::move(path)};
  const auto content = file.path.empty() ? std::nullopt : detail::read_file(file.path);
  file.content_id = id_of(content);
  if (!content) return file;
  bool is_secret = false;
  try {
    const Json document = detail::read_toml(*content);
    read_profiles(file, document);
    is_secret = holds_a_token(document);
  } catch (const ConfigurationError& error) {
    throw ConfigurationError("the file " + file.path + ": " + error.what());
  }
  if (is_secret) detail::require_private(file.path);
  return file;
}

void check_profile(const Profile& profile) { static_cast<void>(profile_of(json_of(profile))); }

void write_profile_file(ProfileFile& file) {
  if (file.path.empty()) {
    throw ConfigurationError("there is no folder for profiles: set XDG_CONFIG_HOME or HOME");
  }
  Json document = document_of(file);
  detail::make_private_folders(std::filesystem::path(file.path).parent_path());
  const detail::LockedFolder alone(file.path);
  const auto present = detail::read_file(file.path);
  refuse_changed(file, present);
  keep_invalid(document, file, present);
  const std::string content = detail::write_toml(document);
  require_readable(content);
  detail::replace_file(file.path, content, S_IRUSR | S_IWUSR);
  file.content_id = id_of(content);
}

}  // namespace segment::inline SEGMENT_ABI
