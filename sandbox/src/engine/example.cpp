#include "engine/example.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "json/typed/describe_members.hpp"
#include "json/typed/validate.hpp"
#include "segment/page.hpp"
#include "state/ids.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

using detail::Kind;
using detail::Member;
using detail::Type;

// Types can contain themselves: from this depth on only required members are filled.
constexpr int depth_of_optional = 4;
constexpr int depth_of_required = 12;

struct Named {
  std::string_view part;  // of a member's name, in lower case
  std::string_view value;
};

constexpr std::array texts = {
    Named{"email", "ada@example.com"},
    Named{"url", "https://example.com/"},
    Named{"website", "https://example.com/"},
    Named{"timezone", "Europe/Berlin"},
    Named{"time", "2026-08-01T12:00:00.000Z"},
    Named{"timestamp", "2026-08-01T12:00:00.000Z"},
    Named{"date", "2026-08-01T12:00:00.000Z"},
    Named{"slug", "example"},
    Named{"description", "An example, made up by the sandbox."},
    Named{"name", "Example"},
};

bool is_time(std::string_view name) {
  return name.ends_with("At") || name.ends_with("Time") || name.ends_with("timestamp");
}

std::string believable_text(std::string_view name) {
  if (is_time(name)) return "2026-08-01T12:00:00.000Z";
  if (name == "id" || name.ends_with("Id")) return made_up_id(name, 0);
  const std::string small = detail::lower(name);
  const auto fitting = std::ranges::find_if(
      texts, [&](const Named& named) { return small.find(named.part) != std::string::npos; });
  return fitting != texts.end() ? std::string(fitting->value) : "example";
}

std::string believable_text(const Type& type, std::string_view name) {
  if (!type.text->names.empty()) return std::string(type.text->names.front());
  if (&type == &detail::Describe<Timestamp>::type) return "2026-08-01T12:00:00.000Z";
  return believable_text(name);
}

bool can_hold(const Member& member, const Json& value) {
  if (value.is_null() && member.presence == detail::Presence::nullable) return true;
  return detail::validate(*member.type, value).empty();
}

class Maker {
 public:
  explicit Maker(const Json& known) : known_(known) {}

  Json make(const Type& type, std::string_view name, int depth) const {
    switch (type.kind) {
      case Kind::boolean:
        return true;
      case Kind::integer:
        return 1;
      case Kind::number:
        return 0.5;
      case Kind::text:
        return believable_text(name);
      case Kind::text_like:
        return believable_text(type, name);
      case Kind::any:
        return "example";
      case Kind::free_object:
        return Json::object();
      case Kind::object:
        return make_object(type, depth);
      case Kind::list:
        return make_list(type, name, depth);
      case Kind::map:
        return Json::object();
      case Kind::one_of:
        return make(*type.one_of->alternatives.front(), name, depth + 1);
    }
    return {};
  }

 private:
  Json make_list(const Type& type, std::string_view name, int depth) const {
    Json list = Json::array();
    if (depth < depth_of_optional) list.push_back(make(*type.element, name, depth + 1));
    return list;
  }

  Json make_object(const Type& type, int depth) const {
    // A next page would be the same again, endlessly.
    if (&type == &detail::Describe<Pagination>::type) return Json::object({{"current", "MA=="}});
    Json object = Json::object();
    for (const Member& member : type.members) {
      if (depth >= (member.promised ? depth_of_required : depth_of_optional)) continue;
      object[member.name] = make_member(member, depth);
    }
    return object;
  }

  Json make_member(const Member& member, int depth) const {
    const Json* known = known_.find(member.name);
    if (known != nullptr && can_hold(member, *known)) return *known;
    return make(*member.type, member.name, depth + 1);
  }

  const Json& known_;
};

}  // namespace

Json example(const Type& type, const Json& known) { return Maker(known).make(type, {}, 0); }

}  // namespace segment::inline SEGMENT_ABI::sandbox
