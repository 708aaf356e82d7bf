#include "segment/schema.hpp"

#include <cstddef>
#include <utility>

#include "json/type.hpp"
#include "json/typed/describe_members.hpp"
#include "json/typed/validate.hpp"
#include "operations/operation_tables.hpp"

namespace segment::inline SEGMENT_ABI {

namespace {

SchemaMember member_of(const detail::Member& member) {
  return {.name = member.name,
          .schema = Schema(*member.type),
          .required = member.promised,
          .nullable = member.presence == detail::Presence::nullable,
          .is_resource = member.presence == detail::Presence::base};
}

std::optional<Schema> schema_of(const detail::Type* type) {
  return type != nullptr ? std::optional(Schema(*type)) : std::nullopt;
}

}  // namespace

Schema::Kind Schema::kind() const noexcept {
  switch (type_->kind) {
    case detail::Kind::boolean:
      return Kind::boolean;
    case detail::Kind::integer:
      return Kind::integer;
    case detail::Kind::number:
      return Kind::number;
    case detail::Kind::text:
      return Kind::text;
    case detail::Kind::text_like:
      return Kind::formatted_text;
    case detail::Kind::free_object:
      return Kind::free_object;
    case detail::Kind::object:
      return Kind::object;
    case detail::Kind::list:
      return Kind::list;
    case detail::Kind::map:
      return Kind::map;
    case detail::Kind::one_of:
      return Kind::one_of;
    case detail::Kind::any:
      break;
  }
  return Kind::any;
}

std::string_view Schema::name() const noexcept { return type_->name; }

std::vector<SchemaMember> Schema::members() const {
  std::vector<SchemaMember> members;
  members.reserve(type_->members.size());
  for (const detail::Member& member : type_->members) members.push_back(member_of(member));
  return members;
}

std::optional<SchemaMember> Schema::member(std::string_view name) const {
  for (const detail::Member& member : type_->members) {
    if (member.name == name) return member_of(member);
  }
  return std::nullopt;
}

std::optional<Schema> Schema::element() const noexcept { return schema_of(type_->element); }

std::span<const std::string_view> Schema::values() const noexcept {
  return type_->text != nullptr ? type_->text->names : std::span<const std::string_view>();
}

std::vector<Schema> Schema::alternatives() const {
  std::vector<Schema> alternatives;
  if (type_->one_of == nullptr) return alternatives;
  for (const detail::Type* type : type_->one_of->alternatives) alternatives.emplace_back(*type);
  return alternatives;
}

bool Schema::is_secret() const noexcept { return type_ == &detail::Describe<WriteKey>::type; }

std::vector<JsonFinding> Schema::problems(const Json& json) const {
  return detail::findings_of(*type_, json, detail::EnumCheck::none);
}

std::optional<Schema> query_schema(const Operation& operation) {
  return schema_of(operation.query);
}

std::optional<Schema> body_schema(const Operation& operation) { return schema_of(operation.body); }

std::optional<Schema> result_schema(const Operation& operation) {
  return schema_of(operation.data);
}

std::optional<SchemaMember> list_in_result(const Operation& operation) {
  std::optional<SchemaMember> list;
  if (operation.data == nullptr) return list;
  for (const detail::Member& member : operation.data->members) {
    if (member.type->kind != detail::Kind::list) continue;
    if (list) return std::nullopt;
    list = member_of(member);
  }
  return list;
}

std::vector<std::string_view> path_parameters(const Operation& operation) {
  std::vector<std::string_view> names;
  std::string_view rest = operation.path;
  for (;;) {
    const std::size_t open = rest.find('{');
    if (open == std::string_view::npos) return names;
    const std::size_t close = rest.find('}', open);
    names.push_back(rest.substr(open + 1, close - open - 1));
    rest.remove_prefix(close + 1);
  }
}

std::optional<std::int64_t> max_page_size(const Operation& operation) {
  return operation.paging != nullptr ? std::optional(operation.paging->max_count) : std::nullopt;
}

}  // namespace segment::inline SEGMENT_ABI
