#include "json/builder.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "json/numbers.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

constexpr std::size_t few_members = 16;  // beyond this, comparing all pairs takes too long

// Whether all names differ, checked without allocating, which is enough for nearly all objects.
bool are_few_and_different(const Json::Object& members) {
  if (members.size() > few_members) return false;
  for (auto one = members.begin(); one != members.end(); ++one) {
    if (std::ranges::find(members.begin(), one, one->name, &Json::Member::name) != one)
      return false;
  }
  return true;
}

// Keeps the last member of each name, in time that a hostile object cannot make quadratic.
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
  std::size_t kept = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!keep[i]) continue;
    if (kept != i) members[kept] = std::move(members[i]);
    ++kept;
  }
  members.resize(kept);
}

}  // namespace

void JsonBuilder::start(Json& target) {
  target_ = &target;
  if (!target.is_null()) target = Json();
  open_.clear();
  values_.clear();
  names_.clear();
  done_ = false;
}

template <class Value>
void JsonBuilder::put(Value&& value) {
  if (open_.empty()) {
    *target_ = Json(std::forward<Value>(value));
    done_ = true;
    return;
  }
  make_room(values_);
  // Keeps emplace_back from adding its own growth code for each type.
  if (values_.size() == values_.capacity()) __builtin_unreachable();
  values_.emplace_back(std::forward<Value>(value));
}

void JsonBuilder::null() { put(nullptr); }
void JsonBuilder::boolean(bool value) { put(value); }
void JsonBuilder::integer(std::int64_t value) { put(value); }
void JsonBuilder::wide_integer(std::uint64_t value) { put(value); }

void JsonBuilder::number(double value, std::string_view text) {
  if (!text.empty() && !says_all(value, text)) {
    take(text_bytes(text.size()));
    return put(Json(Json::NumberText(text)));
  }
  put(value);
  if (!std::isfinite(value))
    throw BadJson{pointer(), "is a number that JSON cannot represent", true};
}

void JsonBuilder::text(std::string_view value) {
  take(text_bytes(value.size()));
  put(value);
}

void JsonBuilder::key(std::string_view name) {
  take(text_bytes(name.size()));
  make_room(names_);
  names_.emplace_back(name);
}

void JsonBuilder::end_array() {
  const auto first = values_.begin() + static_cast<std::ptrdiff_t>(open_.back().first_value);
  take(static_cast<std::size_t>(values_.end() - first) * sizeof(Json));
  Json::Array elements(std::make_move_iterator(first), std::make_move_iterator(values_.end()));
  values_.erase(first, values_.end());
  open_.pop_back();
  put(std::move(elements));
}

void JsonBuilder::end_object() {
  const Open from = open_.back();
  const std::size_t count = values_.size() - from.first_value;
  constexpr std::size_t to_tell_apart = 64;  // bytes per name, if there are many
  const std::size_t apart = count > few_members ? count * to_tell_apart : 0;
  take(count * sizeof(Json::Member) + apart);
  Json::Object members;
  members.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    Json::Member& member = members.emplace_back();
    member.name = std::move(names_[from.first_name + i]);
    member.value = std::move(values_[from.first_value + i]);
  }
  values_.resize(from.first_value);
  names_.resize(from.first_name);
  drop_repeated(members);
  budget_.give_back(apart);
  open_.pop_back();
  put(std::move(members));
}

void JsonBuilder::take(std::size_t bytes) {
  if (!budget_.take(bytes)) refuse_memory(pointer());
}

// A growing stack is in memory twice.
template <class T>
void JsonBuilder::make_room(std::vector<T>& stack) {
  if (stack.size() < stack.capacity()) return;
  constexpr std::size_t least = 8;
  const std::size_t before = stack.capacity();
  const std::size_t after = std::max(least, 2 * before);
  take(after * sizeof(T));
  stack.reserve(after);
  budget_.give_back(before * sizeof(T));
}

std::string JsonBuilder::pointer() const {
  std::string result;
  for (std::size_t depth = 0; depth < open_.size(); ++depth) {
    const Open& from = open_[depth];
    const bool innermost = depth + 1 == open_.size();
    const std::size_t values = innermost ? values_.size() : open_[depth + 1].first_value;
    const std::size_t names = innermost ? names_.size() : open_[depth + 1].first_name;
    if (from.object) {
      if (names > from.first_name) result += pointer_step(names_[names - 1]);
    } else if (const std::size_t count = values - from.first_value; !innermost || count > 0) {
      result += pointer_step(std::to_string(innermost ? count - 1 : count));
    }
  }
  return result;
}

}  // namespace segment::inline SEGMENT_ABI::detail
