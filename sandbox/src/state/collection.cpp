#include "state/collection.hpp"

#include <utility>

namespace segment::inline SEGMENT_ABI::sandbox {

const Json* Collection::find(std::string_view id) const {
  const auto number = numbers_.find(id);
  return number != numbers_.end() ? &things_.at(number->second).thing : nullptr;
}

Json* Collection::find(std::string_view id) {
  return const_cast<Json*>(std::as_const(*this).find(id));
}

Json& Collection::put(std::string_view id, Json thing) {
  if (Json* present = find(id)) return *present = std::move(thing);
  const std::uint64_t number = next_++;
  numbers_.emplace(id, number);
  return things_.emplace(number, Entry{std::string(id), std::move(thing)}).first->second.thing;
}

bool Collection::erase(std::string_view id) {
  const auto number = numbers_.find(id);
  if (number == numbers_.end()) return false;
  things_.erase(number->second);
  numbers_.erase(number);
  return true;
}

void Collection::keep_newest(std::size_t most) {
  while (things_.size() > most) erase(std::string(things_.begin()->second.id));
}

std::vector<Json> Collection::all(const std::function<bool(const Json&)>& condition) const {
  std::vector<Json> picked;
  for (const Json* thing : matching(condition)) picked.push_back(*thing);
  return picked;
}

std::vector<const Json*> Collection::matching(
    const std::function<bool(const Json&)>& condition) const {
  std::vector<const Json*> picked;
  if (!condition) picked.reserve(things_.size());
  for (const auto& [number, entry] : things_) {
    if (!condition || condition(entry.thing)) picked.push_back(&entry.thing);
  }
  return picked;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox
