#include "json/decoder.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "json/empty.hpp"
#include "json/integer.hpp"
#include "json/walk.hpp"

namespace segment::detail {

Decoder::Decoder(const Type& type, void* object, const DepartureSink& departures)
    : departures_(departures), root_{&type, object} {
  frames_.reserve(8);
}

// Scalars ----------------------------------------------------------------------------------------

void Decoder::null() {
  if (captured([](JsonEvents& events) { events.null(); }) || ignored()) return;
  const Type* type = expected();
  if (type == nullptr) return;
  if (type->kind == Kind::any) {
    *static_cast<Json*>(take().place) = Json();
    return;
  }
  if (frames_.empty()) return;
  Frame& frame = frames_.back();
  if (frame.type->kind == Kind::list) ++frame.index;
  if (frame.type->kind != Kind::object) return;
  const Member& member = *frame.member;
  if (member.wrapper != nullptr && member.wrapper->set_null != nullptr) {
    member.wrapper->set_null(static_cast<char*>(frame.place) + member.offset);
  } else {
    frame.seen &= ~(std::uint64_t{1} << static_cast<unsigned>(&member - frame.type->members.data()));
  }
}

void Decoder::boolean(bool value) {
  if (captured([=](JsonEvents& events) { events.boolean(value); }) || ignored()) return;
  const Slot slot = take();
  if (slot.type == nullptr) return;
  if (slot.type->kind == Kind::boolean) {
    *static_cast<bool*>(slot.place) = value;
  } else if (capture(slot)) {
    boolean(value);
  } else {
    refuse(*slot.type, "a boolean");
  }
}

void Decoder::integer(std::int64_t value) {
  if (captured([=](JsonEvents& events) { events.integer(value); }) || ignored()) return;
  const Slot slot = take();
  if (slot.type == nullptr) return;
  if (slot.type->kind == Kind::integer) {
    *static_cast<std::int64_t*>(slot.place) = value;
  } else if (slot.type->kind == Kind::number) {
    *static_cast<double*>(slot.place) = static_cast<double>(value);
  } else if (capture(slot)) {
    integer(value);
  } else {
    refuse(*slot.type, "a number");
  }
}

void Decoder::wide_integer(std::uint64_t value) {
  if (captured([=](JsonEvents& events) { events.wide_integer(value); }) || ignored()) return;
  const Slot slot = take();
  if (slot.type == nullptr) return;
  if (slot.type->kind == Kind::number) {
    *static_cast<double*>(slot.place) = static_cast<double>(value);
  } else if (capture(slot)) {
    wide_integer(value);
  } else {
    refuse(*slot.type, "a number beyond 64 bits with a sign");
  }
}

void Decoder::number(double value, std::string_view text) {
  if (captured([=](JsonEvents& events) { events.number(value, text); }) || ignored()) return;
  const Slot slot = take();
  if (slot.type == nullptr) return;
  if (slot.type->kind == Kind::number) {
    *static_cast<double*>(slot.place) = value;
  } else if (slot.type->kind == Kind::integer) {
    const auto whole = whole_number(value, text);
    if (!whole) refuse(*slot.type, "a number with a fraction or beyond 64 bits");
    *static_cast<std::int64_t*>(slot.place) = *whole;
  } else if (capture(slot)) {
    number(value, text);
  } else {
    refuse(*slot.type, "a number");
  }
}

void Decoder::text(std::string_view value) {
  if (captured([=](JsonEvents& events) { events.text(value); }) || ignored()) return;
  const Slot slot = take();
  if (slot.type == nullptr) return;
  if (slot.type->kind == Kind::text) {
    static_cast<std::string*>(slot.place)->assign(value);
  } else if (slot.type->kind == Kind::text_like) {
    slot.type->text->assign(slot.place, value);
    const auto names = slot.type->text->names;
    if (departures_ && !names.empty() && std::ranges::find(names, value) == names.end()) {
      report(Departure::Kind::unknown_enum_value, pointer());
    }
  } else if (capture(slot)) {
    text(value);
  } else {
    refuse(*slot.type, "a string");
  }
}

// Containers -------------------------------------------------------------------------------------

void Decoder::begin_object() {
  if (captured([](JsonEvents& events) { events.begin_object(); })) return;
  skip_or_enter(Kind::object, "an object");
}

void Decoder::begin_array() {
  if (captured([](JsonEvents& events) { events.begin_array(); })) return;
  skip_or_enter(Kind::list, "an array");
}

bool Decoder::skip_or_enter(Kind wanted, std::string_view got) {
  const Slot slot = ignored() ? Slot{} : take();
  if (slot.type == nullptr) {
    ++skipping_;
    return false;
  }
  const Kind kind = slot.type->kind;
  if (kind == wanted || (kind == Kind::map && wanted == Kind::object)) {
    frames_.push_back({.type = slot.type, .place = slot.place});
    return true;
  }
  const bool array = wanted == Kind::list;
  if (!capture(slot, !array)) refuse(*slot.type, got);
  if (array) {
    builder_.begin_array();
  } else {
    builder_.begin_object();
  }
  return true;
}

void Decoder::key(std::string_view name) {
  if (captured([=](JsonEvents& events) { events.key(name); }) || ignored()) return;
  Frame& frame = frames_.back();
  if (frame.type->kind == Kind::map) {
    frame.name = name;
    return;
  }
  const auto members = frame.type->members;
  frame.member = nullptr;
  for (std::size_t tried = 0; tried < members.size(); ++tried) {
    // Servers write members in a steady order: the next one is most likely the next row.
    const std::size_t i = (frame.next + tried) % members.size();
    if (members[i].name != name) continue;
    frame.member = &members[i];
    frame.next = i + 1;
    const std::uint64_t bit = std::uint64_t{1} << i;
    if ((frame.seen & bit) != 0) make_absent(members[i], frame.place);  // the last of a name wins
    frame.seen |= bit;
    return;
  }
  if (departures_) report(Departure::Kind::unknown_member, pointer() + pointer_step(name));
}

void Decoder::end_object() {
  if (captured([](JsonEvents& events) { events.end_object(); })) return;
  leave();
}

void Decoder::end_array() {
  if (captured([](JsonEvents& events) { events.end_array(); })) return;
  leave();
}

void Decoder::leave() {
  if (skipping_ > 0) {
    --skipping_;
    return;
  }
  if (departures_ && frames_.back().type->kind == Kind::object) report_missing(frames_.back());
  if (frames_.size() == 1) came_ = frames_.back().seen;
  frames_.pop_back();
}

// Where a value goes -----------------------------------------------------------------------------

const Type* Decoder::expected() const {
  if (frames_.empty()) return root_.type;
  const Frame& frame = frames_.back();
  if (frame.type->kind == Kind::object) {
    return frame.member != nullptr ? frame.member->type : nullptr;
  }
  return frame.type->element;
}

Decoder::Slot Decoder::take() {
  if (frames_.empty()) return root_;
  Frame& frame = frames_.back();
  switch (frame.type->kind) {
    case Kind::object:
      if (frame.member == nullptr) return {};
      return {frame.member->type, place_of(*frame.member, frame.place)};
    case Kind::list:
      ++frame.index;
      return {frame.type->element, frame.type->list->append(frame.place)};
    default:
      return {frame.type->element, frame.type->map->insert(frame.place, frame.name)};
  }
}

void Decoder::refuse(const Type& wanted, std::string_view got) const {
  const bool vowel = wanted.name.find_first_of("aeio") == 0;
  std::string reason = "is ";
  reason += got;
  reason += vowel ? " where an " : " where a ";
  reason += wanted.kind == Kind::object ? std::string_view("JSON object") : wanted.name;
  reason += " belongs";
  throw BadJson{pointer(), std::move(reason), true};
}

std::string Decoder::pointer() const {
  std::string result;
  for (const Frame& frame : frames_) {
    switch (frame.type->kind) {
      case Kind::object:
        if (frame.member != nullptr) result += pointer_step(frame.member->name);
        break;
      case Kind::list:
        if (frame.index > 0) result += pointer_step(std::to_string(frame.index - 1));
        break;
      default: result += pointer_step(frame.name); break;
    }
  }
  return result;
}

// Free-form values -------------------------------------------------------------------------------

template <class Event>
bool Decoder::captured(const Event& event) {
  if (capturing_.type == nullptr) return false;
  event(builder_);
  if (builder_.done()) finish_capture();
  return true;
}

bool Decoder::capture(const Slot& slot, bool object) {
  switch (slot.type->kind) {
    case Kind::free_object:
      if (!object) return false;
      [[fallthrough]];
    case Kind::any: builder_.start(*static_cast<Json*>(slot.place)); break;
    case Kind::one_of: builder_.start(one_of_); break;
    default: return false;
  }
  capturing_ = slot;
  return true;
}

void Decoder::finish_capture() {
  const Slot slot = std::exchange(capturing_, {});
  if (slot.type->kind == Kind::one_of) resolve(*slot.type->one_of, slot.place, std::move(one_of_));
}

// The alternative whose promised members are there and that leaves the fewest unknown; the free form
// where none fits, so that nothing that came is lost.
void Decoder::resolve(const OneOfOps& ops, void* place, Json&& json) {
  const auto came = [&](const Member& member) {
    const Json* value = json.find(member.name);
    return value != nullptr && (!value->is_null() || member.presence == Presence::nullable ||
                                member.type->kind == Kind::any);
  };
  std::vector<std::pair<std::size_t, std::size_t>> fitting;  // unknown members, alternative
  for (std::size_t i = 0; i < ops.alternatives.size() && json.is_object(); ++i) {
    const auto members = ops.alternatives[i]->members;
    if (!std::ranges::all_of(members, [&](const Member& m) { return !m.promised || came(m); })) continue;
    const auto unknown = std::ranges::count_if(json.as_object(), [&](const Json::Member& m) {
      return std::ranges::find(members, m.name, &Member::name) == members.end();
    });
    fitting.emplace_back(static_cast<std::size_t>(unknown), i);
  }
  std::ranges::sort(fitting);
  for (const auto& [unknown, i] : fitting) {
    if (try_alternative(*ops.alternatives[i], ops.emplace(place, i), json)) return;
  }
  *static_cast<Json*>(ops.emplace(place, ops.alternatives.size())) = std::move(json);
}

// False where a member is of the wrong kind: it is not this one.
bool Decoder::try_alternative(const Type& alternative, void* place, const Json& json) {
  std::vector<std::pair<Departure::Kind, std::string>> found;  // reported only if it is this one
  DepartureSink departures;
  if (departures_) {
    departures = [&](Departure::Kind kind, std::string_view at) { found.emplace_back(kind, at); };
  }
  try {
    decode(alternative, place, json, departures);
  } catch (const BadJson&) {
    return false;
  }
  for (const auto& [kind, at] : found) report(kind, pointer() + at);
  return true;
}

// Departures -------------------------------------------------------------------------------------

void Decoder::report(Departure::Kind kind, std::string pointer) const { departures_(kind, pointer); }

void Decoder::report_missing(const Frame& frame) const {
  std::string above = pointer();
  if (frame.member != nullptr) above.resize(above.size() - pointer_step(frame.member->name).size());
  const auto members = frame.type->members;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].promised && (frame.seen >> i & 1U) == 0) {
      report(Departure::Kind::missing_member, above + pointer_step(members[i].name));
    }
  }
}

void decode(const Type& type, void* object, const Json& json, const DepartureSink& departures) {
  Decoder decoder(type, object, departures);
  walk(json, decoder);
}

}  // namespace segment::detail
