#include "reconcile/compare.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "operations/catalog.hpp"
#include "segment/helpers/secrets.hpp"
#include "segment/schema.hpp"

namespace segment::cli::workspace {

namespace {

// The API leaves out what has no value, or sends null or something empty.
bool has_no_value(const Json* value) {
  if (value == nullptr || value->is_null()) return true;
  if (value->is_string()) return value->as_string().empty();
  return (value->is_array() || value->is_object()) && value->empty();
}

std::string name_of(const std::vector<std::string>& path) {
  std::string name;
  for (const std::string& step : path) name += (name.empty() ? "" : ".") + step;
  return name;
}

// A list can always be emptied, and settings are removed one by one; anything else can only lose
// its value if the update accepts null.
bool can_change(const Kind& kind, const KindMember& member, bool is_lost) {
  if (member.is(fixed)) return false;
  if (!is_lost || member.is(merged)) return true;
  if (!member.replaced_by.empty()) return true;
  if (kind.is_single) return true;  // left out, it is off
  const auto body = body_schema(find_call(kind.update.empty() ? kind.list : kind.update));
  const auto found = body ? body->member(member.name) : std::nullopt;
  return found && (found->nullable || found->schema.kind() == Schema::Kind::list);
}

/// Goes through two values side by side.
class Comparison {
 public:
  explicit Comparison(bool names_everything) : names_everything_(names_everything) {}

  void compare(std::vector<std::string> path, const Json* wanted, const Json* present);
  Difference& difference() { return difference_; }

 private:
  void compare_objects(const std::vector<std::string>& path, const Json& wanted,
                       const Json* present);
  void mark_secrets(std::size_t first, const std::vector<std::string>& path);

  bool names_everything_;
  Difference difference_{};
};

void Comparison::compare(std::vector<std::string> path, const Json* wanted, const Json* present) {
  if (wanted == nullptr && !names_everything_) return;
  if (has_no_value(wanted) && has_no_value(present)) return;
  if (path.front() == "settings" && wanted != nullptr &&
      (is_masked(*wanted) || (present != nullptr && is_masked(*present)))) {
    return difference_.masked.push_back(name_of(path));
  }
  static const Json nothing = Json::object();
  if (has_no_value(wanted) && present->is_object()) {
    return compare_objects(path, nothing, present);
  }
  if (wanted != nullptr && wanted->is_object() && (present == nullptr || present->is_object())) {
    return compare_objects(path, *wanted, present);
  }
  if (wanted != nullptr && present != nullptr && *wanted == *present) return;
  Change change{.path = std::move(path)};
  if (!has_no_value(present)) change.before = *present;
  if (!has_no_value(wanted)) change.after = *wanted;
  difference_.changes.push_back(std::move(change));
}

void Comparison::compare_objects(const std::vector<std::string>& path, const Json& wanted,
                                 const Json* present) {
  const auto below = [&](const std::string& name) {
    std::vector<std::string> longer = path;
    longer.push_back(name);
    return longer;
  };
  const std::size_t first = difference_.changes.size();
  for (const auto& [name, value] : wanted.as_object()) {
    compare(below(name), &value, present != nullptr ? present->find(name) : nullptr);
  }
  if (present != nullptr) {
    for (const auto& [name, value] : present->as_object()) {
      if (!wanted.contains(name)) compare(below(name), nullptr, &value);
    }
  }
  const bool is_pair = is_secret_pair(wanted) || (present != nullptr && is_secret_pair(*present));
  if (is_pair) mark_secrets(first, below("value"));
}

// What differs in or below the value of a pair.
void Comparison::mark_secrets(std::size_t first, const std::vector<std::string>& path) {
  for (std::size_t i = first; i < difference_.changes.size(); ++i) {
    Change& change = difference_.changes[i];
    if (change.path.size() >= path.size() && change.path[path.size() - 1] == path.back()) {
      change.is_in_secret_pair = true;
    }
  }
}

bool holds_masked(const Json& value) {
  if (value.is_array()) return std::ranges::any_of(value.as_array(), holds_masked);
  if (!value.is_object()) return is_masked(value);
  return std::ranges::any_of(value.as_object(),
                             [](const auto& member) { return holds_masked(member.value); });
}

void find_masked(const Json& value, std::vector<std::string>& path,
                 std::vector<std::string>& found) {
  if (is_masked(value)) return found.push_back(name_of(path));
  if (!value.is_object()) return;
  for (const auto& [name, below] : value.as_object()) {
    path.push_back(name);
    find_masked(below, path, found);
    path.pop_back();
  }
}

}  // namespace

std::string Change::name() const { return name_of(path); }

Difference compare(const Kind& kind, const Json& wanted, const Json& present,
                   bool names_everything) {
  Comparison comparison(names_everything);
  Difference& difference = comparison.difference();
  for (const KindMember& member : kind.members) {
    const Json* one = wanted.find(member.name);
    const Json* other = present.find(member.name);
    const std::size_t first = difference.changes.size();
    comparison.compare({std::string(member.name)}, one, other);
    for (std::size_t i = first; i < difference.changes.size(); ++i) {
      Change& change = difference.changes[i];
      change.takes_away = !change.after && (member.is(merged) || has_no_value(one));
    }
    const bool is_lost = difference.changes.size() > first && has_no_value(one);
    if (difference.changes.size() == first || can_change(kind, member, is_lost)) continue;
    difference.changes.resize(first);
    difference.unchangeable.emplace_back(member.name);
  }
  return std::move(difference);
}

// A list is written as a whole or not at all.
bool is_masked(const Json& value) {
  if (value.is_string()) return is_masked_secret(value.as_string());
  return value.is_array() && holds_masked(value);
}

Json without_masked(Json settings) {
  if (!settings.is_object()) return settings;
  std::erase_if(settings.as_object(), [](const auto& member) { return is_masked(member.value); });
  for (auto& member : settings.as_object()) {
    member.value = without_masked(std::move(member.value));
  }
  return settings;
}

std::vector<std::string> masked_in(const Json& members) {
  std::vector<std::string> path{"settings"};
  std::vector<std::string> found;
  if (const Json* settings = members.find("settings")) find_masked(*settings, path, found);
  return found;
}

}  // namespace segment::cli::workspace
