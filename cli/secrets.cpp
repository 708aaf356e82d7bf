#include "secrets.hpp"

#include "json/describe_values.hpp"

namespace segment::cli {

namespace {

using detail::Kind;

bool is_secret(const detail::Type& type) {
  if (type.kind == Kind::list || type.kind == Kind::map) return is_secret(*type.element);
  return &type == &detail::Describe<WriteKey>::type;
}

void take_out_of_object(const detail::Type& type, Json& json) {
  for (const detail::Member& member : type.members) {
    if (is_secret(*member.type)) {
      json.erase(member.name);
    } else if (Json* value = json.find(member.name)) {
      take_secrets_out(*member.type, *value);
    }
  }
}

}  // namespace

void take_secrets_out(const detail::Type& type, Json& json) {
  switch (type.kind) {
    case Kind::object:
      return take_out_of_object(type, json);
    case Kind::list:
      if (!json.is_array()) return;
      for (Json& element : json.as_array()) take_secrets_out(*type.element, element);
      return;
    case Kind::map:
      if (!json.is_object()) return;
      for (auto& member : json.as_object()) take_secrets_out(*type.element, member.value);
      return;
    case Kind::one_of:
      for (const detail::Type* alternative : type.one_of->alternatives) {
        take_secrets_out(*alternative, json);
      }
      return;
    default:
      return;
  }
}

}  // namespace segment::cli
