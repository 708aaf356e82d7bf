#include "json/empty.hpp"

#include <cstdint>
#include <string>

#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

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

void make_absent(const Member& member, void* object) {
  void* place = static_cast<char*>(object) + member.offset;
  if (member.wrapper != nullptr) {
    member.wrapper->reset(place);
  } else {
    make_empty(*member.type, place);
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail
