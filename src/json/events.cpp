#include "json/events.hpp"

#include <string>
#include <utility>

#include "json/builder.hpp"
#include "json/numbers.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

std::string step_of(std::string_view name) { return pointer_step(name); }
std::string step_of(std::size_t index) { return pointer_step(std::to_string(index)); }

// Runs a step for a member or an element, and adds its place to the pointer of a BadJson.
template <class Place, class Step>
void below(Place place, Step&& step) {
  try {
    step();
  } catch (BadJson& bad) {
    if (!bad.placed) bad.pointer.insert(0, step_of(place));
    throw;
  }
}

class JsonWalk {
 public:
  explicit JsonWalk(JsonEvents& events) : events_(events) {}

  void operator()(std::nullptr_t) { events_.null(); }
  void operator()(bool value) { events_.boolean(value); }
  void operator()(std::int64_t value) { events_.integer(value); }
  void operator()(std::uint64_t value) { events_.wide_integer(value); }
  void operator()(double value) { events_.number(value, {}); }
  void operator()(const std::string& value) { events_.text(value); }
  void operator()(const Json::NumberText& value) {
    events_.number(Decimal::read(value.text())->nearest(), value.text());
  }
  void operator()(const Json::Array& elements) {
    enter();
    events_.begin_array();
    for (std::size_t i = 0; i < elements.size(); ++i) {
      below(i, [&] { elements[i].visit(*this); });
    }
    events_.end_array();
    --depth_;
  }
  void operator()(const Json::Object& members) {
    enter();
    events_.begin_object();
    for (const auto& member : members) {
      below(std::string_view(member.name), [&] {
        events_.key(member.name);
        member.value.visit(*this);
      });
    }
    events_.end_object();
    --depth_;
  }

 private:
  void enter() {
    if (++depth_ > max_depth) refuse_depth();
  }

  JsonEvents& events_;
  std::size_t depth_ = 0;
};

void walk_members(const Type& type, const void* object, JsonEvents& events) {
  events.begin_object();
  for (const Member& member : type.members) {
    const void* value = value_of(member, object);
    const bool is_null = value == nullptr && member.wrapper->is_null != nullptr &&
                         member.wrapper->is_null(static_cast<const char*>(object) + member.offset);
    if (value == nullptr && !is_null) continue;
    events.key(member.name);
    if (is_null) {
      events.null();
    } else {
      below(member.name, [&] { walk(*member.type, value, events); });
    }
  }
  events.end_object();
}

void walk_list(const Type& type, const void* list, JsonEvents& events) {
  events.begin_array();
  const std::size_t size = type.list->size(list);
  for (std::size_t i = 0; i < size; ++i) {
    below(i, [&] { walk(*type.element, type.list->at(list, i), events); });
  }
  events.end_array();
}

void walk_map(const Type& type, const void* map, JsonEvents& events) {
  struct Context {
    const Type& element;
    JsonEvents& events;
  } context{*type.element, events};
  events.begin_object();
  type.map->each(map, &context, [](void* opaque, std::string_view name, const void* value) {
    auto& to = *static_cast<Context*>(opaque);
    below(name, [&] {
      to.events.key(name);
      walk(to.element, value, to.events);
    });
  });
  events.end_object();
}

void walk_one_of(const Type& type, const void* value, JsonEvents& events) {
  const auto& ops = *type.one_of;
  const std::size_t active = ops.active(value);
  if (active < ops.alternatives.size()) {
    walk(*ops.alternatives[active], ops.get(value), events);
  } else {
    walk(*static_cast<const Json*>(ops.get(value)), events);
  }
}

}  // namespace

void refuse_depth() {
  throw BadJson{{}, "is nested deeper than " + std::to_string(max_depth) + " levels"};
}

void refuse_memory(std::string pointer) {
  throw BadJson{std::move(pointer),
                "takes more memory than a response may: 4 times its size plus 1 MiB; request fewer "
                "items per page",
                true};
}

std::string pointer_step(std::string_view name) {
  std::string step = "/";
  for (char c : name) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

// Walking a Json, and an object of an API type ----------------------------------------------------

void walk(const Json& json, JsonEvents& events) { json.visit(JsonWalk(events)); }

void walk(const Type& type, const void* object, JsonEvents& events) {
  switch (type.kind) {
    case Kind::boolean:
      return events.boolean(*static_cast<const bool*>(object));
    case Kind::integer:
      return events.integer(*static_cast<const std::int64_t*>(object));
    case Kind::number:
      return events.number(*static_cast<const double*>(object), {});
    case Kind::text:
      return events.text(*static_cast<const std::string*>(object));
    case Kind::text_like:
      return events.text(type.text->view(object));
    case Kind::any:
    case Kind::free_object:
      return walk(*static_cast<const Json*>(object), events);
    case Kind::object:
      return walk_members(type, object, events);
    case Kind::list:
      return walk_list(type, object, events);
    case Kind::map:
      return walk_map(type, object, events);
    case Kind::one_of:
      return walk_one_of(type, object, events);
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
