#include "json/decoder.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "json/events.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

bool came(const Member& member, const Json& json) {
  const Json* value = json.find(member.name);
  return value != nullptr && (!value->is_null() || member.presence == Presence::nullable ||
                              member.type->kind == Kind::any);
}

std::size_t unknown_members(const Type& type, const Json& json) {
  const auto count = std::ranges::count_if(json.as_object(), [&](const Json::Member& member) {
    return std::ranges::find(type.members, member.name, &Member::name) == type.members.end();
  });
  return static_cast<std::size_t>(count);
}

// The alternatives whose promised members came, the one that fits best first.
std::vector<std::size_t> candidates(const OneOfOps& ops, const Json& json) {
  std::vector<std::pair<std::size_t, std::size_t>> fitting;  // unknown members, alternative
  for (std::size_t i = 0; i < ops.alternatives.size() && json.is_object(); ++i) {
    const Type& type = *ops.alternatives[i];
    const bool fits = std::ranges::all_of(
        type.members, [&](const Member& member) { return !member.promised || came(member, json); });
    if (fits) fitting.emplace_back(unknown_members(type, json), i);
  }
  std::ranges::sort(fitting);
  std::vector<std::size_t> result;
  for (const auto& [unknown, alternative] : fitting) result.push_back(alternative);
  return result;
}

// False where a member is of the wrong kind: it is not this one.
bool try_alternative(const Type& type, void* place, const Json& json,
                     const MismatchSink& on_mismatch, MemoryBudget budget) {
  std::vector<std::pair<SchemaMismatch::Kind, std::string>>
      found;  // reported only if it is this one
  MismatchSink note;
  if (on_mismatch) {
    note = [&](SchemaMismatch::Kind kind, std::string_view at) { found.emplace_back(kind, at); };
  }
  try {
    decode(type, place, json, note, budget);
  } catch (const BadJson&) {
    return false;
  }
  for (const auto& [kind, at] : found) on_mismatch(kind, at);
  return true;
}

}  // namespace

void decode_one_of(const OneOfOps& ops, void* place, Json&& json, const MismatchSink& on_mismatch,
                   MemoryBudget budget) {
  for (const std::size_t i : candidates(ops, json)) {
    if (try_alternative(*ops.alternatives[i], ops.emplace(place, i), json, on_mismatch, budget)) {
      return;
    }
  }
  *static_cast<Json*>(ops.emplace(place, ops.alternatives.size())) = std::move(json);
}

}  // namespace segment::inline SEGMENT_ABI::detail
