#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "segment/detail/arguments.hpp"
#include "segment/types/nullable.hpp"

namespace segment::inline SEGMENT_ABI {

namespace detail {
class JsonBuilder;
}

/// A JSON value of any shape, for free-form data of the API such as `settings`. The members of an
/// object keep their order. Its header does not include a parser.
///
/// Copying: deep; a moved-from value is null. Cost: a tagged union, about the size of a std::string
/// and a half. Thread safety: as a standard container.
class SEGMENT_EXPORT Json {
 public:
  struct Member;
  /// The name of a member: any text, but neither 0 nor nullptr.
  using Name = detail::TextArgument;
  using Array = std::vector<Json>;
  /// In order of arrival; names are expected to be unique.
  using Object = std::vector<Member>;

  /// A number that neither 64 bits nor a double can represent without loss, such as 1e400 or
  /// 9007199254740993.0: its original text.
  class NumberText {
   public:
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    bool operator==(const NumberText&) const = default;

   private:
    friend class detail::JsonBuilder;
    explicit NumberText(std::string_view text) : text_(text) {}

    std::string text_;
  };

  /// Null.
  Json() noexcept;
  Json(Null null) noexcept;
  Json(std::nullptr_t null) noexcept;

  /// Accepts only bool, so that a pointer never converts to one.
  template <std::same_as<bool> Value>
  Json(Value value) noexcept : Json(Flag{value}) {}

  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) Json(Integer value)
  noexcept
      : Json(std::in_range<std::int64_t>(value) ? Number{static_cast<std::int64_t>(value), 0}
                                                : Number{0, static_cast<std::uint64_t>(value)}) {}

  /// \param value finite; writing a NaN or an infinity is an InvalidArgumentError.
  Json(double value) noexcept;
  Json(const char* text);
  Json(std::string text) noexcept;
  Json(std::string_view text);
  Json(Array elements) noexcept;
  Json(Object members) noexcept;

  Json(const Json& other);
  Json(Json&& other) noexcept;
  Json& operator=(const Json& other);
  Json& operator=(Json&& other) noexcept;
  ~Json();

  /// `Json::object({{"websiteUrl", "https://example.com"}, {"sampled", true}})`.
  [[nodiscard]] static Json object(std::initializer_list<Member> members = {});
  /// `Json::array({1, "two", nullptr})`. From a list of values: `Json::Array(list.begin(),
  /// list.end())`.
  [[nodiscard]] static Json array(std::initializer_list<Json> elements = {});

  /// Reads JSON text.
  ///
  /// A number that neither 64 bits nor a double can represent without loss keeps its text, and is
  /// written back unchanged.
  ///
  /// \param text one JSON value in UTF-8, nested no deeper than 256.
  /// \throws DecodeError that says where the text is not valid JSON, or a string is not valid
  ///         Unicode.
  [[nodiscard]] static Json parse(std::string_view text);

  /// Writes JSON text in UTF-8.
  ///
  /// \param indent spaces per level; negative: all on one line without white space.
  /// \throws InvalidArgumentError for text that is not UTF-8 and for numbers that JSON cannot
  ///         represent.
  [[nodiscard]] std::string dump(int indent = -1) const;

  [[nodiscard]] bool is_null() const noexcept { return value_.index() == 0; }
  [[nodiscard]] bool is_bool() const noexcept { return value_.index() == 1; }
  /// Whether it is a number without a fraction that fits 64 bits.
  [[nodiscard]] bool is_integer() const noexcept;
  [[nodiscard]] bool is_number() const noexcept;
  [[nodiscard]] bool is_string() const noexcept { return value_.index() == 5; }
  [[nodiscard]] bool is_array() const noexcept { return value_.index() == 6; }
  [[nodiscard]] bool is_object() const noexcept { return value_.index() == 7; }

  /// The value as this kind; each throws InvalidArgumentError, naming both kinds, if it is of
  /// another kind. A number is the nearest double: infinite if out of range (1e400).
  ///
  /// A temporary value moves its content out, so that `for (const segment::Json& rule :
  /// segment::Json::parse(text).at("rules").as_array())` is safe.
  [[nodiscard]] bool as_bool() const;
  [[nodiscard]] std::int64_t as_integer() const;
  [[nodiscard]] double as_number() const;
  [[nodiscard]] const std::string& as_string() const&;
  [[nodiscard]] std::string as_string() &&;
  [[nodiscard]] const Array& as_array() const&;
  [[nodiscard]] Array& as_array() &;
  [[nodiscard]] Array as_array() &&;
  [[nodiscard]] const Object& as_object() const&;
  [[nodiscard]] Object& as_object() &;
  [[nodiscard]] Object as_object() &&;

  /// The member with this name, or a null pointer if it is missing or this is not an object.
  [[nodiscard]] const Json* find(Name name) const noexcept;
  [[nodiscard]] Json* find(Name name) noexcept;
  [[nodiscard]] bool contains(Name name) const noexcept { return find(name) != nullptr; }

  /// The member with this name; InvalidArgumentError if it is missing or this is not an object.
  [[nodiscard]] const Json& at(Name name) const&;
  [[nodiscard]] Json at(Name name) &&;
  /// The element at this index; InvalidArgumentError if there is none or this is not an array.
  [[nodiscard]] const Json& at(std::size_t index) const&;
  [[nodiscard]] Json at(std::size_t index) && { return std::move((*this)[index]); }

  /// The member with this name, added as null if it is missing; a null becomes an object.
  Json& operator[](Name name) &;
  Json operator[](Name name) && { return std::move((*this)[name]); }
  /// The element at this index; InvalidArgumentError if there is none or this is not an array.
  Json& operator[](std::size_t index) &;
  Json operator[](std::size_t index) && { return std::move((*this)[index]); }
  const Json& operator[](std::size_t index) const& { return at(index); }
  const Json& operator[](Name name) const& { return at(name); }

  /// Removes a member; false if there was none.
  bool erase(Name name) noexcept;

  /// Adds an element; a null becomes an array.
  void push_back(Json element);

  /// The number of elements or members; 0 for anything else.
  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] bool empty() const noexcept { return size() == 0; }

  /// Deep; objects compare regardless of the order of their members, numbers by value.
  friend bool operator==(const Json& a, const Json& b) noexcept { return equal(a, b); }

  /// Writes what `dump` returns.
  template <class Stream>
  requires requires(Stream& stream, const std::string& text) { stream << text; }
  friend Stream& operator<<(Stream& stream, const Json& json) {
    stream << json.dump();
    return stream;
  }

  /// `null`, `boolean`, `number`, `string`, `array` or `object`.
  [[nodiscard]] std::string_view kind() const noexcept;

  /// Calls `visitor` with nullptr_t, bool, std::int64_t, std::uint64_t (only above the signed
  /// range), double, std::string, Array, Object or NumberText.
  template <class Visitor>
  decltype(auto) visit(Visitor&& visitor) const {
    return std::visit(std::forward<Visitor>(visitor), value_);
  }

 private:
  using Held = std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, double, std::string,
                            Array, Object, NumberText>;

  struct Flag {
    bool value;
  };
  struct Number {
    std::int64_t narrow;
    std::uint64_t wide;  // if the value exceeds the signed range, otherwise 0
  };
  explicit Json(Flag flag) noexcept;
  explicit Json(Number number) noexcept;
  explicit Json(NumberText number) noexcept;
  [[nodiscard]] static bool equal(const Json& a, const Json& b) noexcept;
  [[nodiscard]] static bool equal_members(const Object& a, const Object& b) noexcept;

  friend class detail::JsonBuilder;

  Held value_;
};

/// One member of a JSON object.
struct Json::Member {
  std::string name;
  Json value;

  bool operator==(const Member&) const = default;
};

}  // namespace segment::inline SEGMENT_ABI
