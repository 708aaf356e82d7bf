#pragma once

#include <concepts>
#include <initializer_list>
#include <iosfwd>
#include <type_traits>
#include <utility>
#include <vector>

#include "segment/detail/arguments.hpp"
#include "segment/detail/describe.hpp"

namespace segment::inline SEGMENT_ABI {

namespace detail {

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;

/// One element of a braced list, made from one value: braces around two texts are never taken for
/// an iterator pair of one text.
template <class T>
struct OneElement {
  template <class U>
  requires(Fits<U&&, T>) constexpr OneElement(U&& given) : value(std::forward<U>(given)) {}
  constexpr operator const T&() const noexcept { return value; }

  T value;
};

/// The type in which list elements may be written. Structs are written member by member.
template <class List, class T = typename List::value_type>
using ElementOf = std::conditional_t<std::is_aggregate_v<T>, T, OneElement<T>>;

/// Whether a T may be made from braces of its own; two texts in braces do not make a text.
template <class T>
inline constexpr bool is_braced =
    !std::is_arithmetic_v<T> && !std::is_convertible_v<const char*, T>;

}  // namespace detail

/// A member that the API requires: a request that leaves it out does not compile. It behaves like
/// its value: it converts to it, compares with it and dereferences to it.
///
/// Compilers quote the deleted constructors below, with their comments, if you leave out a member
/// or pass a value of the wrong type. Write a struct within a struct with its type, `.label =
/// segment::Label{.key = "team", .value = "web"}`.
///
/// You may write a list in braces, `.labels = {a, b}` or `{{a, b}}`. Write out an empty one,
/// `.labels = std::vector<Label>{}`, because in C++ `{}` is the same as leaving it out.
///
/// Copying: as T. Cost: none beyond T. Thread safety: as T.
template <class T>
class Required {
 public:
  using value_type = T;

  Required() = delete;  // a required member is left out, is {}, or is written out of order
  template <class U>
  requires(!detail::Fits<U&&, T> && !std::same_as<std::remove_cvref_t<U>, Required> &&
           !std::same_as<std::remove_cvref_t<U>, detail::Unset> &&
           !(std::is_class_v<std::remove_cvref_t<U>> &&
             std::is_aggregate_v<std::remove_cvref_t<U>>)) Required(U&& given)
  = delete;  // the member cannot hold what it is given

  constexpr Required(T value) requires(detail::is_braced<T>) : value_(std::move(value)) {}

  /// From a value that converts to T: a bool only from a bool, a number only from a number.
  template <class U>
  requires(detail::Fits<U&&, T> && !std::same_as<std::remove_cvref_t<U>, Required> &&
           !(detail::is_braced<T> &&
             std::same_as<std::remove_cvref_t<U>, T>)) constexpr Required(U&& value)
      : value_(std::forward<U>(value)) {}

  /// A list of these elements, at least one.
  template <std::same_as<T> List = T>
  requires(detail::is_list<List> && !std::is_convertible_v<List, typename List::value_type>)
      Required(std::initializer_list<detail::ElementOf<List>> elements)
      : value_(elements.begin(), elements.end()) {}

  /// For the decoder.
  explicit Required(detail::Unset /*for now*/) : value_(detail::empty<T>()) {}

  [[nodiscard]] constexpr const T& value() const& noexcept { return value_; }
  [[nodiscard]] constexpr T& value() & noexcept { return value_; }
  [[nodiscard]] constexpr T&& value() && noexcept { return std::move(value_); }

  constexpr const T& operator*() const& noexcept { return value_; }
  constexpr T& operator*() & noexcept { return value_; }
  constexpr const T* operator->() const noexcept { return &value_; }
  constexpr T* operator->() noexcept { return &value_; }

  constexpr operator const T&() const noexcept { return value_; }

  friend constexpr bool operator==(const Required& a,
                                   const Required& b) requires(std::is_class_v<T>) {
    return a.value_ == b.value_;
  }

  template <class U>
  requires(std::is_class_v<T> && !std::same_as<U, Required> &&
           requires(const T& a, const U& b) { a == b; }) friend constexpr bool
  operator==(const Required& a, const U& b) {
    return a.value_ == b;
  }

  template <class Stream>
  requires(std::is_class_v<T>&& requires(Stream& stream, const T& value) {
    stream << value;
  }) friend Stream&
  operator<<(Stream& stream, const Required& required) {
    stream << required.value_;
    return stream;
  }

 private:
  T value_;
};

}  // namespace segment::inline SEGMENT_ABI
