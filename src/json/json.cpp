#include "segment/types/json.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

#include "json/builder.hpp"
#include "json/events.hpp"
#include "json/numbers.hpp"
#include "json/writer.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI {

namespace {

using detail::Decimal;
using detail::with_article;

[[noreturn]] void wrong_kind(std::string_view wanted, std::string_view got) {
  throw InvalidArgumentError("this JSON value is " + with_article(got) + ", not " +
                             with_article(wanted));
}

template <class T>
constexpr bool number =
    (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) || std::is_same_v<T, Json::NumberText>;

// Whether two numbers are equal, without converting to a double, which cannot distinguish large
// integers.
template <class A, class B>
bool same_number(A a, B b) noexcept {
  if constexpr (std::is_integral_v<A> && std::is_integral_v<B>) {
    return std::cmp_equal(a, b);
  } else if constexpr (std::is_integral_v<B>) {
    return same_number(b, a);
  } else if constexpr (std::is_integral_v<A>) {
    constexpr double least = static_cast<double>(std::numeric_limits<A>::min());
    constexpr double beyond = std::is_signed_v<A> ? 0x1p63 : 0x1p64;
    return b >= least && b < beyond && static_cast<A>(b) == a && std::trunc(b) == b;
  } else {
    return a == b;
  }
}

std::string_view text_of(const Json::NumberText& number) noexcept { return number.text(); }

// A number that a double can hold is not kept as text.
bool same_number(const Json::NumberText& /*a*/, double /*b*/) noexcept { return false; }
bool same_number(double /*a*/, const Json::NumberText& /*b*/) noexcept { return false; }

bool same_number(const Json::NumberText& a, const Json::NumberText& b) {
  return a == b || Decimal::read(text_of(a)) == Decimal::read(text_of(b));
}
template <std::integral B>
bool same_number(const Json::NumberText& a, B b) {
  return Decimal::read(text_of(a)) == Decimal::read(std::to_string(b));
}
template <std::integral A>
bool same_number(A a, const Json::NumberText& b) {
  return same_number(b, a);
}

// Refuses texts that are not Unicode, which JsonBuilder accepts.
class StrictBuilder final : public detail::JsonBuilder {
 public:
  void broken_text() override {
    throw detail::BadJson{pointer(), "contains text that is not Unicode", true};
  }
};

template <class T, class Variant>
auto& get_as(Variant& value, std::string_view wanted, std::string_view got) {
  auto* held = std::get_if<T>(&value);
  if (held == nullptr) wrong_kind(wanted, got);
  return *held;
}

}  // namespace

Json::Json() noexcept : value_(nullptr) {}
Json::Json(Null /*null*/) noexcept : value_(nullptr) {}
Json::Json(std::nullptr_t /*null*/) noexcept : value_(nullptr) {}
Json::Json(Flag flag) noexcept : value_(flag.value) {}
Json::Json(Number number) noexcept : value_(number.narrow) {
  if (number.wide != 0) value_ = number.wide;
}
Json::Json(NumberText number) noexcept : value_(std::move(number)) {}
Json::Json(double value) noexcept : value_(value) {}
Json::Json(const char* text) : value_(std::string(text)) {}
Json::Json(std::string text) noexcept : value_(std::move(text)) {}
Json::Json(std::string_view text) : value_(std::string(text)) {}
Json::Json(Array elements) noexcept : value_(std::move(elements)) {}
Json::Json(Object members) noexcept : value_(std::move(members)) {}
Json::Json(const Json& other) = default;
Json::Json(Json&& other) noexcept : value_(std::exchange(other.value_, nullptr)) {}
Json& Json::operator=(const Json& other) = default;
Json& Json::operator=(Json&& other) noexcept {
  Held moved = std::exchange(other.value_, nullptr);  // first, since it may be a part of this one
  value_ = std::move(moved);
  return *this;
}
Json::~Json() = default;

Json Json::object(std::initializer_list<Member> members) { return Json(Object(members)); }
Json Json::array(std::initializer_list<Json> elements) { return Json(Array(elements)); }

Json Json::parse(std::string_view text) {
  Json json;
  StrictBuilder builder;
  builder.start(json);
  try {
    detail::read_json(text, builder);
  } catch (const detail::BadJson& bad) {
    ErrorFacts facts;
    facts.pointer = bad.pointer;
    const std::string place = bad.pointer.empty() ? "" : "'s \"" + bad.pointer + "\"";
    throw DecodeError("the text" + place + " " + bad.reason, std::move(facts));
  }
  return json;
}

std::string Json::dump(int indent) const {
  std::string out;
  detail::JsonWriter writer(out, indent);
  try {
    detail::walk(*this, writer);
  } catch (const detail::BadJson& bad) {
    throw InvalidArgumentError("this JSON value cannot be written: at \"" + bad.pointer + "\" " +
                               bad.reason);
  }
  return out;
}

bool Json::is_number() const noexcept {
  return std::holds_alternative<std::int64_t>(value_) ||
         std::holds_alternative<std::uint64_t>(value_) || std::holds_alternative<double>(value_) ||
         std::holds_alternative<NumberText>(value_);
}

bool Json::is_integer() const noexcept {
  if (const auto* real = std::get_if<double>(&value_)) {
    return detail::whole_number(*real, {}).has_value();
  }
  if (const auto* written = std::get_if<NumberText>(&value_)) {
    return detail::whole_number(0, written->text()).has_value();
  }
  return std::holds_alternative<std::int64_t>(value_);
}

bool Json::as_bool() const { return get_as<bool>(value_, "boolean", kind()); }

std::int64_t Json::as_integer() const {
  if (const auto* real = std::get_if<double>(&value_)) {
    if (const auto whole = detail::whole_number(*real, {})) return *whole;
  }
  if (const auto* written = std::get_if<NumberText>(&value_)) {
    if (const auto whole = detail::whole_number(0, written->text())) return *whole;
  }
  return get_as<std::int64_t>(value_, "64-bit integer", kind());
}

double Json::as_number() const {
  if (const auto* narrow = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*narrow);
  if (const auto* wide = std::get_if<std::uint64_t>(&value_)) return static_cast<double>(*wide);
  if (const auto* written = std::get_if<NumberText>(&value_)) {
    return Decimal::read(written->text())->nearest();
  }
  return get_as<double>(value_, "number", kind());
}

const std::string& Json::as_string() const& {
  return get_as<std::string>(value_, "string", kind());
}
std::string Json::as_string() && {
  return std::move(get_as<std::string>(value_, "string", kind()));
}
const Json::Array& Json::as_array() const& { return get_as<Array>(value_, "array", kind()); }
Json::Array& Json::as_array() & { return get_as<Array>(value_, "array", kind()); }
Json::Array Json::as_array() && { return std::move(as_array()); }
const Json::Object& Json::as_object() const& { return get_as<Object>(value_, "object", kind()); }
Json::Object& Json::as_object() & { return get_as<Object>(value_, "object", kind()); }
Json::Object Json::as_object() && { return std::move(as_object()); }

const Json* Json::find(Name name) const noexcept {
  const auto* members = std::get_if<Object>(&value_);
  if (members == nullptr) return nullptr;
  const auto found = std::ranges::find(*members, std::string_view(name), &Member::name);
  return found != members->end() ? &found->value : nullptr;
}

Json* Json::find(Name name) noexcept {
  return const_cast<Json*>(std::as_const(*this).find(name));  // NOLINT: this is not const
}

const Json& Json::at(Name name) const& {
  const Json* member = find(name);
  if (member == nullptr) {
    throw InvalidArgumentError("this JSON value (" + std::string(kind()) + ") has no member \"" +
                               std::string(name) + "\"");
  }
  return *member;
}

Json Json::at(Name name) && {
  Json* found = find(name);
  return found != nullptr ? std::move(*found) : std::as_const(*this).at(name);  // which throws
}

const Json& Json::at(std::size_t index) const& {
  const auto& elements = as_array();
  if (index >= elements.size()) {
    throw InvalidArgumentError("this JSON array has " + std::to_string(elements.size()) +
                               " elements, none at " + std::to_string(index));
  }
  return elements[index];
}

Json& Json::operator[](std::size_t index) & {
  return const_cast<Json&>(at(index));  // NOLINT: this is not const
}

Json& Json::operator[](Name name) & {
  if (is_null()) value_ = Object{};
  if (Json* member = find(name)) return *member;
  return as_object().emplace_back(Member{std::string(name), Json()}).value;
}

bool Json::erase(Name name) noexcept {
  auto* members = std::get_if<Object>(&value_);
  const std::string_view wanted = name;
  return members != nullptr &&
         std::erase_if(*members, [&](const Member& member) { return member.name == wanted; }) > 0;
}

void Json::push_back(Json element) {
  if (is_null()) value_ = Array{};
  as_array().push_back(std::move(element));
}

std::size_t Json::size() const noexcept {
  if (const auto* elements = std::get_if<Array>(&value_)) return elements->size();
  if (const auto* members = std::get_if<Object>(&value_)) return members->size();
  return 0;
}

std::string_view Json::kind() const noexcept {
  if (is_null()) return "null";
  if (is_bool()) return "boolean";
  if (is_string()) return "string";
  if (is_array()) return "array";
  return is_object() ? "object" : "number";
}

namespace {

using Members = std::vector<const Json::Member*>;

// Sorted by name. Members of the same name, which an object should not have, keep their order.
Members sorted(const Json::Object& object) {
  Members members;
  members.reserve(object.size());
  for (const Json::Member& member : object) members.push_back(&member);
  std::ranges::sort(members, [](const Json::Member* a, const Json::Member* b) {
    const int order = a->name.compare(b->name);
    return order != 0 ? order < 0 : std::less<>()(a, b);
  });
  return members;
}

}  // namespace

// Without a search for each member, which would be quadratic, unless there is no memory to sort.
bool Json::equal_members(const Object& a, const Object& b) noexcept {
  if (a.size() != b.size()) return false;
  const auto same_name = [](const Member& one, const Member& other) {
    return one.name == other.name;
  };
  const auto same_value = [](const Member& one, const Member& other) {
    return equal(one.value, other.value);
  };
  if (std::ranges::equal(a, b, same_name)) return std::ranges::equal(a, b, same_value);
  try {
    return std::ranges::equal(sorted(a), sorted(b), [&](const Member* one, const Member* other) {
      return same_name(*one, *other) && same_value(*one, *other);
    });
  } catch (const std::bad_alloc&) {
    return std::ranges::all_of(a, [&](const Member& member) {
      const auto other = std::ranges::find(b, member.name, &Member::name);
      return other != b.end() && same_value(member, *other);
    });
  }
}

bool Json::equal(const Json& a, const Json& b) noexcept {
  if (a.is_number() && b.is_number()) {
    return std::visit(
        [](const auto& one, const auto& other) {
          using One = std::remove_cvref_t<decltype(one)>;
          using Other = std::remove_cvref_t<decltype(other)>;
          if constexpr (number<One> && number<Other>) return same_number(one, other);
          return false;
        },
        a.value_, b.value_);
  }
  if (!a.is_object() || !b.is_object()) return a.value_ == b.value_;
  return equal_members(a.as_object(), b.as_object());
}

}  // namespace segment::inline SEGMENT_ABI
