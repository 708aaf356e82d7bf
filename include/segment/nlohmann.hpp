#pragma once

// The bridge to nlohmann/json, for programs that use it themselves. No other public header includes
// it or nlohmann/json.

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>

#include "segment/error.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI {

/// Converts a Json to nlohmann's value, recursing as deep as the value is nested. A number that a
/// Json keeps as text becomes the nearest double, because that library cannot represent it.
///
/// \throws InvalidArgumentError for a number outside the range of a double (1e400).
[[nodiscard]] inline nlohmann::json to_nlohmann(const Json& json) {
  return json.visit([&json](const auto& value) -> nlohmann::json {
    using Value = std::decay_t<decltype(value)>;
    if constexpr (std::is_same_v<Value, Json::Array>) {
      auto result = nlohmann::json::array();
      for (const Json& element : value) result.push_back(to_nlohmann(element));
      return result;
    } else if constexpr (std::is_same_v<Value, Json::Object>) {
      auto result = nlohmann::json::object();
      for (const auto& member : value) result[member.name] = to_nlohmann(member.value);
      return result;
    } else if constexpr (std::is_same_v<Value, Json::NumberText>) {
      const double nearest = json.as_number();
      if (!std::isfinite(nearest)) {
        throw InvalidArgumentError("nlohmann/json has no number for " + value.text());
      }
      return nearest;
    } else {
      return value;
    }
  });
}

/// Converts nlohmann's value to a Json. A binary value, which JSON does not have, becomes null.
[[nodiscard]] inline Json from_nlohmann(const nlohmann::json& json) {
  switch (json.type()) {
    case nlohmann::json::value_t::boolean:
      return json.get<bool>();
    case nlohmann::json::value_t::number_integer:
      return json.get<std::int64_t>();
    case nlohmann::json::value_t::number_unsigned:
      return json.get<std::uint64_t>();
    case nlohmann::json::value_t::number_float:
      return json.get<double>();
    case nlohmann::json::value_t::string:
      return json.get<std::string>();
    case nlohmann::json::value_t::array: {
      Json result = Json::array();
      for (const auto& element : json) result.push_back(from_nlohmann(element));
      return result;
    }
    case nlohmann::json::value_t::object: {
      Json result = Json::object();
      Json::Object& members = result.as_object();
      members.reserve(json.size());
      for (const auto& [name, value] : json.items())
        members.push_back({name, from_nlohmann(value)});
      return result;
    }
    default:
      return {};
  }
}

}  // namespace segment::inline SEGMENT_ABI
