#include "operations/settings.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "engine/refusal.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// Parts of names, in lower case.
constexpr std::array<std::string_view, 7> secret_parts = {
    "secret", "password", "passphrase", "token", "apikey", "privatekey", "credentials"};

void merge(Json& settings, const Json& changes, const std::string& path) {
  if (!settings.is_object()) settings = Json::object();
  for (const auto& [name, value] : changes.as_object()) {
    const std::string here = path + "." + name;
    if (value.is_string() && value.as_string().find("••••") != std::string::npos) {
      throw invalid(here, "must not be written back masked");
    }
    if (value.is_null()) {
      settings.erase(name);
    } else if (value.is_object()) {
      merge(settings[name], value, here);
    } else {
      settings[name] = value;
    }
  }
}

void check_setting_type(const std::string& type, const Json& value, const std::string& field) {
  if (type == "boolean" && !value.is_bool()) throw invalid(field, "must be a boolean");
  if (type == "number" && !value.is_number()) throw invalid(field, "must be a number");
  if ((type == "string" || type == "password") && !value.is_string()) {
    throw invalid(field, "must be a string");
  }
}

}  // namespace

bool is_secret_setting(std::string_view name) {
  std::string small;
  for (char c : name) {
    if (c != '_' && c != '-') small += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return std::ranges::any_of(
      secret_parts, [&](std::string_view part) { return small.find(part) != std::string::npos; });
}

Json masked(const Json& settings) {
  if (!settings.is_object()) return settings;
  Json shown = Json::object();
  for (const auto& [name, value] : settings.as_object()) {
    shown[name] = is_secret_setting(name) && value.is_string() ? Json(bullets) : masked(value);
  }
  return shown;
}

void merge_settings(Json& settings, const Json& changes) { merge(settings, changes, "settings"); }

Json new_settings(const Json* given) {
  Json settings = Json::object();
  if (given != nullptr && given->is_object()) merge_settings(settings, *given);
  return settings;
}

void check_settings(const Json& kind, const Json& settings, bool refuse_unknown) {
  const auto& options = kind.at("options").as_array();
  for (const auto& [name, value] : settings.as_object()) {
    const auto option = std::ranges::find_if(
        options, [&name = name](const Json& each) { return each.at("name") == Json(name); });
    const std::string field = "settings." + name;
    if (option == options.end()) {
      if (refuse_unknown) throw invalid(field, "is an unknown member");
    } else if (!value.is_null()) {
      check_setting_type(option->at("type").as_string(), value, field);
    }
  }
}

bool has_required_settings(const Json& kind, const Json& settings) {
  return std::ranges::all_of(kind.at("options").as_array(), [&](const Json& option) {
    return !option.at("required").as_bool() || settings.contains(option.at("name").as_string());
  });
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
