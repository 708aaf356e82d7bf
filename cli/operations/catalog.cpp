#include "operations/catalog.hpp"

#include <algorithm>
#include <cctype>

#include "messages/errors.hpp"
#include "segment/api/operations.hpp"
#include "segment/helpers/text.hpp"
#include "segment/schema.hpp"

namespace segment::cli {

namespace {

char upper(char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::string with_separator(std::string_view name, char separator) {
  std::string text;
  for (const char c : name) {
    if (is_upper(c) && !text.empty()) text += separator;
    text += c == '_' || c == '.' || c == '-' ? separator : c;
  }
  return text;
}

// The only name that contains what was typed: `replaceRulesInTrackingPlan` of `replacerules`.
std::string_view only_one_with(std::string_view typed, const std::vector<std::string_view>& names) {
  const std::string wanted = lower_case(typed);
  std::string_view found;
  for (const std::string_view name : names) {
    if (wanted.empty() || lower_case(name).find(wanted) == std::string::npos) continue;
    if (!found.empty() && found != name) return {};
    found = name;
  }
  return found;
}

}  // namespace

const Operation& find_call(std::string_view id, std::optional<ApiVersion> version) {
  const Operation* most_stable = nullptr;
  std::vector<std::string_view> names;
  for (const auto* call : operations::all()) {
    if (call->id == id && version && call->has(*version)) return *call;
    if (call->id == id && most_stable == nullptr) most_stable = call;
    names.push_back(call->id);
  }
  if (most_stable != nullptr) return *most_stable;
  std::string_view meant = nearest_name(id, names);
  if (meant.empty()) meant = only_one_with(id, names);
  throw Malformed("there is no operation \"" + std::string(id) + "\"" +
                  (meant.empty() ? "; `segment operations` lists them" : did_you_mean(meant)));
}

std::string kebab(std::string_view name) { return lower_case(with_separator(name, '-')); }

std::string shouted(std::string_view name) {
  std::string text = with_separator(name, '_');
  std::ranges::transform(text, text.begin(), upper);
  return text;
}

std::string command_of(const OtherVersion& other) {
  return "segment " + kebab(other.group) + " " + kebab(other.name);
}

std::string command_of(const Operation& operation) {
  std::string command = command_of(OtherVersion{.group = operation.group, .name = operation.name});
  for (const std::string_view name : path_parameters(operation)) command += " " + shouted(name);
  return command;
}

std::string_view collection_of(std::string_view path) {
  return path == "/destination" ? "/destinations" : path;
}

bool lists_ids(const Operation& operation) {
  const auto list = list_in_result(operation);
  return operation.method == http::Method::get && list &&
         list->schema.element()->member("id").has_value();
}

Json path_of(const Operation& operation, const std::vector<std::string>& values) {
  Json path = Json::object();
  const auto names = path_parameters(operation);
  for (std::size_t i = 0; i < names.size() && i < values.size(); ++i) path[names[i]] = values[i];
  return path;
}

std::string limit_text(const RateLimit& limit) {
  if (!limit) return {};
  std::string text = std::to_string(limit.requests);
  switch (limit.per) {
    case RatePeriod::second:
      return text + " a second";
    case RatePeriod::minute:
      return text + " a minute";
    case RatePeriod::hour:
      return text + " an hour";
    case RatePeriod::day:
      return text + " a day";
  }
  return text;
}

}  // namespace segment::cli
