#include "testing/recording/matcher.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "json/events.hpp"
#include "testing/exchange.hpp"
#include "testing/recording/recording_file.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

namespace {

using segment::detail::pointer_step;

// How much of a text an unknown placeholder stands for, if `behind` was recorded after it.
std::size_t length_before(std::string_view behind, std::string_view asked) {
  if (behind.empty()) return asked.size();
  std::size_t literal = 0;
  while (literal < behind.size() && placeholder_length(behind.substr(literal)) == 0) ++literal;
  const bool to_the_end = literal == behind.size();
  const std::size_t length =
      to_the_end ? asked.rfind(behind) : asked.find(behind.substr(0, literal));
  return length == asked.npos ? 0 : length;
}

}  // namespace

std::optional<std::string> Matcher::difference(const Json& recorded, const Json& asked,
                                               bool with_body) {
  const auto before = meanings_;
  std::optional<std::string> difference = compare(recorded, asked, with_body);
  if (difference) meanings_ = before;
  return difference;
}

std::optional<std::string> Matcher::compare(const Json& recorded, const Json& asked,
                                            bool with_body) {
  if (recorded.at("method") != asked.at("method")) return "/method";
  if (!same_path(recorded.at("path").as_string(), asked.at("path").as_string())) return "/path";
  if (!same_query(recorded.find("query"), asked.find("query"))) return "/query";
  if (!with_body) return std::nullopt;
  for (const std::string name : {"body", "bodyText", "bodyBytes"}) {
    const Json* a = recorded.find(name);
    const Json* b = asked.find(name);
    if (a == nullptr && b == nullptr) continue;
    if (a == nullptr || b == nullptr) return "/" + name;
    if (auto pointer = compare_values(*a, *b)) return "/" + name + *pointer;
  }
  return std::nullopt;
}

bool Matcher::same_path(const std::string& recorded, const std::string& asked) {
  const auto a = split(recorded, '/');
  const auto b = split(asked, '/');
  return std::ranges::equal(a, b, [this](std::string_view one, std::string_view other) {
    return same_text(percent_decoded(one), percent_decoded(other));
  });
}

bool Matcher::same_query(const Json* recorded, const Json* asked) {
  if (recorded == nullptr || asked == nullptr) return recorded == asked;
  std::vector<Json> left = asked->as_array();
  if (left.size() != recorded->size()) return false;
  return std::ranges::all_of(recorded->as_array(), [&](const Json& parameter) {
    const auto found = std::ranges::find_if(left, [&](const Json& other) {
      return same_text(parameter.as_string(), other.as_string());
    });
    if (found == left.end()) return false;
    left.erase(found);
    return true;
  });
}

std::optional<std::string> Matcher::compare_values(const Json& recorded, const Json& asked) {
  if (recorded.is_object() && asked.is_object()) return compare_objects(recorded, asked);
  if (recorded.is_array() && asked.is_array()) return compare_arrays(recorded, asked);
  bool same = recorded == asked;
  if (!same && recorded.is_string() && asked.is_string()) {
    const auto a = json_in(recorded.as_string());  // written anew if it held a secret
    const auto b = a ? json_in(asked.as_string()) : std::nullopt;
    same = b ? !compare_values(*a, *b) : same_text(recorded.as_string(), asked.as_string());
  } else if (recorded.is_string() && asked.is_number()) {  // a secret number
    same = is_placeholder(recorded.as_string()) && same_text(recorded.as_string(), asked.dump());
  }
  if (same) return std::nullopt;
  return "";
}

std::optional<std::string> Matcher::compare_arrays(const Json& recorded, const Json& asked) {
  const std::size_t common = std::min(recorded.size(), asked.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (auto pointer = compare_values(recorded.at(i), asked.at(i))) {
      return pointer_step(std::to_string(i)) + *pointer;
    }
  }
  if (recorded.size() == asked.size()) return std::nullopt;
  return "/" + std::to_string(common);
}

std::optional<std::string> Matcher::compare_objects(const Json& recorded, const Json& asked) {
  std::vector<bool> seen(asked.size(), false);
  const auto& members = asked.as_object();
  for (const Json::Member& member : recorded.as_object()) {
    const auto has_name = [&](const Json::Member& other) {
      return same_text(member.name, other.name);
    };
    const auto found = std::ranges::find_if(members, has_name);
    if (found == members.end()) return pointer_step(member.name);
    seen[static_cast<std::size_t>(found - members.begin())] = true;
    if (auto pointer = compare_values(member.value, found->value)) {
      return pointer_step(member.name) + *pointer;
    }
  }
  const auto extra = std::ranges::find(seen, false);
  if (extra == seen.end()) return std::nullopt;
  return pointer_step(members[static_cast<std::size_t>(extra - seen.begin())].name);
}

bool Matcher::same_text(std::string_view recorded, std::string_view asked) {
  while (!recorded.empty()) {
    const std::size_t length = placeholder_length(recorded);
    if (length == 0) {
      if (asked.empty() || recorded.front() != asked.front()) return false;
      recorded.remove_prefix(1);
      asked.remove_prefix(1);
      continue;
    }
    const std::string_view name = recorded.substr(0, length);
    recorded.remove_prefix(length);
    const auto known = meanings_.find(name);
    std::size_t taken = name.size();
    if (!asked.starts_with(name)) {  // otherwise an earlier response handed out the placeholder
      if (known == meanings_.end()) {
        taken = length_before(recorded, asked);
        if (taken == 0) return false;
        meanings_.emplace(name, asked.substr(0, taken));
      } else {
        if (!asked.starts_with(known->second)) return false;
        taken = known->second.size();
      }
    }
    asked.remove_prefix(taken);
  }
  return asked.empty();
}

}  // namespace segment::inline SEGMENT_ABI::testing::detail
