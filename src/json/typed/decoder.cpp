#include "json/typed/decoder.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "json/events.hpp"
#include "json/numbers.hpp"
#include "segment/types/open_enum.hpp"

namespace segment::inline SEGMENT_ABI::detail {

Decoder::Decoder(const Type& type, void* object, const MismatchSink& on_mismatch,
                 MemoryBudget budget)
    : on_mismatch_(on_mismatch),
      budget_(budget),
      frames_(type, object, budget_),
      builder_(budget_) {}

// Scalars ----------------------------------------------------------------------------------------

void Decoder::null() {
  if (captured([](JsonEvents& events) { events.null(); }) || ignored()) return;
  const Type* type = frames_.expected();
  if (type == nullptr) return;
  if (type->kind == Kind::any) {
    *static_cast<Json*>(frames_.take().place) = Json();
  } else if (!frames_.take_null() && on_mismatch_) {
    on_mismatch_(SchemaMismatch::Kind::missing_member, frames_.pointer());
  }
}

void Decoder::boolean(bool value) {
  if (captured([=](JsonEvents& events) { events.boolean(value); }) || ignored()) return;
  const Slot slot = frames_.take();
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
  const Slot slot = frames_.take();
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
  const Slot slot = frames_.take();
  if (slot.type == nullptr) return;
  if (slot.type->kind == Kind::number) {
    *static_cast<double*>(slot.place) = static_cast<double>(value);
  } else if (capture(slot)) {
    wide_integer(value);
  } else {
    refuse(*slot.type, "a number outside the range of 64 signed bits");
  }
}

void Decoder::number(double value, std::string_view text) {
  if (captured([=](JsonEvents& events) { events.number(value, text); }) || ignored()) return;
  const Slot slot = frames_.take();
  if (slot.type == nullptr) return;
  if (slot.type->kind == Kind::number) {
    if (!std::isfinite(value)) refuse(*slot.type, "a number outside the range of a double");
    *static_cast<double*>(slot.place) = value;
  } else if (slot.type->kind == Kind::integer) {
    const auto whole = whole_number(value, text);
    if (!whole) refuse(*slot.type, "a number with a fraction or outside the range of 64 bits");
    *static_cast<std::int64_t*>(slot.place) = *whole;
  } else if (capture(slot)) {
    number(value, text);
  } else {
    refuse(*slot.type, "a number");
  }
}

void Decoder::text(std::string_view value) {
  if (captured([=](JsonEvents& events) { events.text(value); }) || ignored()) return;
  const Slot slot = frames_.take();
  if (slot.type == nullptr) return;
  if (slot.type->kind == Kind::text) {
    take_text(value);
    auto& text = *static_cast<std::string*>(slot.place);
    if (value.size() <= text.capacity()) {
      text.assign(value);
    } else {
      text = std::string(value);  // as short as possible, which assigning does not promise
    }
  } else if (slot.type->kind == Kind::text_like) {
    take_text(value);
    slot.type->text->assign(slot.place, value);
    const auto names = slot.type->text->names;
    if (on_mismatch_ && !names.empty() &&
        find_name(names.data(), names.size(), value) == names.size()) {
      on_mismatch_(SchemaMismatch::Kind::unknown_enum_value, frames_.pointer());
    }
  } else if (capture(slot)) {
    text(value);
  } else {
    refuse(*slot.type, "a string");
  }
}

void Decoder::take_text(std::string_view value) {
  if (!budget_.take(text_bytes(value.size()))) refuse_memory(frames_.pointer());
}

void Decoder::broken_text() {
  if (!on_mismatch_) return;
  const bool captured = capturing_.type != nullptr;
  on_mismatch_(SchemaMismatch::Kind::broken_text,
               frames_.pointer() + (captured ? builder_.pointer() : unknown_));
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

void Decoder::skip_or_enter(Kind wanted, std::string_view got) {
  const Slot slot = ignored() ? Slot{} : frames_.take();
  if (slot.type == nullptr) {
    ++skipping_;
    return;
  }
  const Kind kind = slot.type->kind;
  if (kind == wanted || (kind == Kind::map && wanted == Kind::object)) {
    frames_.enter(slot);
    return;
  }
  const bool array = wanted == Kind::list;
  if (!capture(slot, !array)) refuse(*slot.type, got);
  if (array) {
    builder_.begin_array();
  } else {
    builder_.begin_object();
  }
}

void Decoder::key(std::string_view name) {
  if (captured([=](JsonEvents& events) { events.key(name); }) || ignored()) return;
  const bool known = frames_.key(name);
  if (!on_mismatch_) return;
  unknown_ = known ? "" : pointer_step(name);
  if (!known) on_mismatch_(SchemaMismatch::Kind::unknown_member, frames_.pointer() + unknown_);
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
  if (on_mismatch_) {
    for (const std::string& pointer : frames_.missing()) {
      on_mismatch_(SchemaMismatch::Kind::missing_member, pointer);
    }
  }
  frames_.leave();
  unknown_.clear();
}

void Decoder::refuse(const Type& wanted, std::string_view got) const {
  std::string reason = "is ";
  reason += got;
  reason += " where ";
  reason += with_article(wanted.kind == Kind::object ? "JSON object" : wanted.name);
  reason += " belongs";
  throw BadJson{frames_.pointer(), std::move(reason), true};
}

// Free-form values -------------------------------------------------------------------------------

template <class Event>
bool Decoder::captured(const Event& event) {
  if (capturing_.type == nullptr) return false;
  try {
    event(builder_);
  } catch (BadJson& bad) {
    bad.pointer.insert(0, frames_.pointer());
    throw;
  }
  if (builder_.done()) finish_capture();
  return true;
}

bool Decoder::capture(const Slot& slot, bool object) {
  switch (slot.type->kind) {
    case Kind::free_object:
      if (!object) return false;
      [[fallthrough]];
    case Kind::any:
      builder_.start(*static_cast<Json*>(slot.place));
      break;
    case Kind::one_of:
      builder_.start(one_of_);
      break;
    default:
      return false;
  }
  capturing_ = slot;
  return true;
}

void Decoder::finish_capture() {
  const Slot slot = std::exchange(capturing_, {});
  if (slot.type->kind != Kind::one_of) return;
  MismatchSink on_mismatch;
  if (on_mismatch_) {
    on_mismatch = [&](SchemaMismatch::Kind kind, std::string_view at) {
      on_mismatch_(kind, frames_.pointer().append(at));
    };
  }
  decode_one_of(*slot.type->one_of, slot.place, std::move(one_of_), on_mismatch, budget_);
}

void decode(const Type& type, void* object, const Json& json, const MismatchSink& on_mismatch,
            MemoryBudget budget) {
  Decoder decoder(type, object, on_mismatch, budget);
  walk(json, decoder);
}

}  // namespace segment::inline SEGMENT_ABI::detail
