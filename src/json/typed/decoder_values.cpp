#include "json/typed/decoder.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/events.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

// Where values go ---------------------------------------------------------------------------------

namespace {

std::uint64_t bit_of(std::size_t member) { return std::uint64_t{1} << member; }

// Servers write members in a steady order, so the next one is most likely the next row.
const Member* find_member(std::span<const Member> members, std::size_t likely,
                          std::string_view name) {
  const auto find = [name](std::span<const Member> some) -> const Member* {
    for (const Member& member : some) {
      // Not `==`, which compiles to a call or two per row.
      if (member.name.size() == name.size() &&
          std::memcmp(member.name.data(), name.data(), name.size()) == 0) {
        return &member;
      }
    }
    return nullptr;
  };
  const Member* found = find(members.subspan(likely));
  return found != nullptr ? found : find(members.first(likely));
}

void make_empty(const Type& type, void* value) {
  switch (type.kind) {
    case Kind::boolean:
      *static_cast<bool*>(value) = false;
      return;
    case Kind::integer:
      *static_cast<std::int64_t*>(value) = 0;
      return;
    case Kind::number:
      *static_cast<double*>(value) = 0;
      return;
    case Kind::text:
      static_cast<std::string*>(value)->clear();
      return;
    case Kind::text_like:
      type.text->assign(value, {});
      return;
    case Kind::any:
      *static_cast<Json*>(value) = Json();
      return;
    case Kind::free_object:
      *static_cast<Json*>(value) = Json::object();
      return;
    case Kind::object:
      for (const Member& member : type.members) make_absent(member, value);
      return;
    case Kind::list:
      type.list->clear(value);
      return;
    case Kind::map:
      type.map->clear(value);
      return;
    case Kind::one_of:
      type.one_of->emplace(value, type.one_of->alternatives.size());
      return;
  }
}

}  // namespace

void DecoderFrames::enter(const Slot& slot) {
  if (slot.type->kind == Kind::map) entries_.emplace_back();
  frames_.push_back({.type = slot.type, .place = slot.place});
}

void DecoderFrames::leave() {
  if (frames_.size() <= came_.size()) came_[frames_.size() - 1] = frames_.back().seen;
  if (frames_.back().type->kind == Kind::map) entries_.pop_back();
  frames_.pop_back();
}

bool DecoderFrames::key(std::string_view name) {
  Frame& frame = frames_.back();
  if (frame.type->kind == Kind::map) {
    entries_.back() = name;
    return true;
  }
  const auto members = frame.type->members;
  frame.member = find_member(members, frame.next, name);
  if (frame.member == nullptr) return false;
  const auto i = static_cast<std::size_t>(frame.member - members.data());
  frame.next = i + 1;
  if ((frame.seen & bit_of(i)) != 0) make_absent(*frame.member, frame.place);
  frame.seen |= bit_of(i);
  return true;
}

const Type* DecoderFrames::expected() const {
  if (frames_.empty()) return root_.type;
  const Frame& frame = frames_.back();
  if (frame.type->kind == Kind::object) {
    return frame.member != nullptr ? frame.member->type : nullptr;
  }
  return frame.type->element;
}

DecoderFrames::Slot DecoderFrames::take() {
  if (frames_.empty()) return root_;
  Frame& frame = frames_.back();
  switch (frame.type->kind) {
    case Kind::object:
      if (frame.member == nullptr) return {};
      return {frame.member->type, place_of(*frame.member, frame.place)};
    case Kind::list:
      ++frame.index;
      make_room(frame);
      return {frame.type->element, frame.type->list->append(frame.place)};
    default: {
      constexpr std::size_t links = 4 * sizeof(void*);  // of a map's entry
      const std::size_t entry = frame.type->map->entry_size + links;
      const std::string& name = entries_.back();
      if (!budget_.take(entry + text_bytes(name.size()))) refuse_memory(pointer());
      return {frame.type->element, frame.type->map->insert(frame.place, name)};
    }
  }
}

// A growing list is in memory twice.
void DecoderFrames::make_room(const Frame& list) {
  const ListOps& ops = *list.type->list;
  const std::size_t size = ops.size(list.place);
  const bool full = size == 0 || (size >= grown(0) && std::has_single_bit(size));
  if (!full) return;
  if (!budget_.take(grown(size) * ops.element_size)) refuse_memory(pointer());
  budget_.give_back(size * ops.element_size);
}

bool DecoderFrames::take_null() {
  if (frames_.empty()) return true;
  Frame& frame = frames_.back();
  if (frame.type->kind == Kind::list) {
    ++frame.index;
    return false;
  }
  if (frame.type->kind == Kind::map) {
    frame.type->map->erase(frame.place, entries_.back());
    return false;
  }
  if (const Member& member = *frame.member;
      member.wrapper != nullptr && member.wrapper->set_null != nullptr) {
    member.wrapper->set_null(static_cast<char*>(frame.place) + member.offset);
  } else {
    frame.seen &= ~bit_of(static_cast<std::size_t>(&member - frame.type->members.data()));
  }
  return true;
}

std::string DecoderFrames::pointer() const {
  std::string result;
  auto entry = entries_.begin();
  for (const Frame& frame : frames_) {
    switch (frame.type->kind) {
      case Kind::object:
        if (frame.member != nullptr) result += pointer_step(frame.member->name);
        break;
      case Kind::list:
        if (frame.index > 0) result += pointer_step(std::to_string(frame.index - 1));
        break;
      default:
        result += pointer_step(*entry++);
        break;
    }
  }
  return result;
}

std::vector<std::string> DecoderFrames::missing() const {
  const Frame& frame = frames_.back();
  if (frame.type->kind != Kind::object) return {};
  std::string above = pointer();
  if (frame.member != nullptr) above.resize(above.size() - pointer_step(frame.member->name).size());
  std::vector<std::string> pointers;
  for (std::size_t i = 0; i < frame.type->members.size(); ++i) {
    const Member& member = frame.type->members[i];
    if (member.promised && (frame.seen & bit_of(i)) == 0) {
      pointers.push_back(above + pointer_step(member.name));
    }
  }
  return pointers;
}

// Making a member empty ---------------------------------------------------------------------------

void make_absent(const Member& member, void* object) {
  void* place = static_cast<char*>(object) + member.offset;
  if (member.wrapper != nullptr) {
    member.wrapper->reset(place);
  } else {
    make_empty(*member.type, place);
  }
}

// Unions ------------------------------------------------------------------------------------------

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

// The alternatives whose promised members are all there, the best fit first.
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

// False if a member is of the wrong kind, so that it is not this alternative.
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
