#include "json/builder.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace segment::detail {

namespace {

// Whether no name comes twice, found without allocating: what nearly all objects are asked.
bool are_few_and_different(const Json::Object& members) {
  constexpr std::size_t few = 16;  // past that every one against every other takes too long
  if (members.size() > few) return false;
  for (auto one = members.begin(); one != members.end(); ++one) {
    if (std::ranges::find(members.begin(), one, one->name, &Json::Member::name) != one)
      return false;
  }
  return true;
}

// Keeps the last of the members of one name, in time that a hostile object cannot make quadratic.
void drop_repeated(Json::Object& members) {
  if (are_few_and_different(members)) return;
  std::unordered_set<std::string_view> seen;
  std::vector<bool> keep(members.size(), true);
  bool repeated = false;
  for (std::size_t i = members.size(); i-- > 0;) {
    keep[i] = seen.insert(members[i].name).second;
    repeated = repeated || !keep[i];
  }
  if (!repeated) return;
  Json::Object unique;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (keep[i]) unique.push_back(std::move(members[i]));
  }
  members = std::move(unique);
}

}  // namespace

void JsonBuilder::start(Json& target) {
  target_ = &target;
  *target_ = Json();
  open_.clear();
  done_ = false;
}

Json& JsonBuilder::put(Json value) {
  if (open_.empty()) {
    *target_ = std::move(value);
    done_ = !target_->is_array() && !target_->is_object();
    return *target_;
  }
  Json& parent = *open_.back();
  if (parent.is_array()) return parent.as_array().emplace_back(std::move(value));
  auto& members = parent.as_object();
  if (members.empty()) members.reserve(4);  // growing from one moves the first ones thrice
  members.push_back({std::move(name_), std::move(value)});
  name_.clear();
  return members.back().value;
}

void JsonBuilder::number(double value, std::string_view /*text*/) {
  if (!std::isfinite(value)) throw BadJson{pointer(), "is a number that no double reaches", true};
  put(Json(value));
}

void JsonBuilder::end_object() {
  drop_repeated(open_.back()->as_object());
  close();
}

void JsonBuilder::close() {
  open_.pop_back();
  done_ = open_.empty();
}

// Of the value that comes next.
std::string JsonBuilder::pointer() const {
  std::string result;
  for (const Json* container : open_) {
    const bool innermost = container == open_.back();
    if (container->is_array()) {
      result += pointer_step(std::to_string(container->size() - (innermost ? 0 : 1)));
    } else {
      result += pointer_step(innermost ? name_ : container->as_object().back().name);
    }
  }
  return result;
}

}  // namespace segment::detail
