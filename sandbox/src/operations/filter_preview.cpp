#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "operations/fql.hpp"
#include "operations/registry.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// The object that a dotted path leads to, or null; an empty path is the event itself.
Json* object_at(Json& event, std::string_view path) {
  Json* place = &event;
  while (place != nullptr && !path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    place = place->find(path.substr(0, dot));
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return place != nullptr && place->is_object() ? place : nullptr;
}

// The names of keys are in a list, or in a list called `fields`: both forms are in use.
std::vector<std::string> key_names(const Json& keys) {
  const Json* inner = keys.find("fields");
  const Json& list = inner != nullptr ? *inner : keys;
  std::vector<std::string> names;
  if (!list.is_array()) return names;
  for (const Json& name : list.as_array()) {
    if (name.is_string()) names.push_back(name.as_string());
  }
  return names;
}

void change_properties(Json& event, const Json& action, bool keep) {
  const Json* fields = action.find("fields");
  if (fields == nullptr) return;
  for (const auto& [path, keys] : fields->as_object()) {
    Json* object = object_at(event, path);
    if (object == nullptr) continue;
    const auto names = key_names(keys);
    std::erase_if(object->as_object(), [&](const Json::Member& member) {
      return (std::ranges::find(names, member.name) != names.end()) != keep;
    });
  }
}

// From 0 to 1, the same for the same text: FNV-1a.
double place_of(const std::string& text) {
  std::uint64_t hash = 14695981039346656037U;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return static_cast<double>(hash >> 11U) / static_cast<double>(std::uint64_t{1} << 53U);
}

// Equal values of the property get the same result; without one, equal events do.
bool is_sampled(Json& event, const Json& action) {
  const Json* percent = action.find("percent");
  if (percent == nullptr) return true;
  std::string drawn = event.dump();
  if (const Json* path = action.find("path")) {
    const std::string& name = path->as_string();
    const std::size_t dot = name.rfind('.');
    Json* object = dot == std::string::npos ? &event : object_at(event, name.substr(0, dot));
    const Json* value = object != nullptr ? object->find(name.substr(dot + 1)) : nullptr;
    drawn = value != nullptr ? value->dump() : std::string();
  }
  return place_of(drawn) < percent->as_number();
}

// What is left of an event; nothing if it is dropped.
std::optional<Json> acted_on(Json event, const Json& actions) {
  for (const Json& action : actions.as_array()) {
    const std::string& type = action.at("type").as_string();
    if (type == "DROP") return std::nullopt;
    if (type == "SAMPLE" && !is_sampled(event, action)) return std::nullopt;
    if (type == "DROP_PROPERTIES") change_properties(event, action, false);
    if (type == "ALLOW_PROPERTIES") change_properties(event, action, true);
  }
  return event;
}

Json preview(Call& call) {
  const Json& filter = call.body.at("filter");
  const Json& payload = call.body.at("payload");
  bool concerned = false;
  try {
    concerned = meets(payload, filter.at("if").as_string());
  } catch (const FqlError& error) {
    throw invalid("filter.if", error.what());
  }
  std::optional<Json> left = payload;
  if (concerned) left = acted_on(payload, filter.at("actions"));
  return Json::object(
      {{"inputPayload", payload}, {"result", left ? std::move(*left) : Json(nullptr)}});
}

}  // namespace

void add_filter_preview(Handlers& handlers) { handlers["previewDestinationFilter"] = preview; }

}  // namespace segment::inline SEGMENT_ABI::sandbox
