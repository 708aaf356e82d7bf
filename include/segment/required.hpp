#pragma once

#include <concepts>
#include <iosfwd>
#include <type_traits>
#include <utility>

#include "segment/detail/describe.hpp"

namespace segment {

/// A member that the API insists on: a request that leaves it out does not compile. It reads like
/// the value it holds: it converts to it, compares with it and dereferences to it.
///
/// Copying: as T. Cost: none beyond T. Thread safety: as T.
template <class T>
class Required {
 public:
  using value_type = T;

  constexpr Required(T value) requires(!std::same_as<T, bool>) : value_(std::move(value)) {}

  /// A bool only from a bool, so that a text is never one.
  template <std::same_as<bool> Flag>
  requires(std::same_as<T, bool>) constexpr Required(Flag value) : value_(value) {}

  /// From anything that converts to T.
  template <class U>
  requires(std::is_convertible_v<U&&, T> && !std::same_as<std::remove_cvref_t<U>, Required> &&
           !std::same_as<std::remove_cvref_t<U>, T> &&
           !std::same_as<T, bool>) constexpr Required(U&& value)
      : value_(std::forward<U>(value)) {}

  /// The decoder's way in.
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

}  // namespace segment
