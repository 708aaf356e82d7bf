#pragma once

#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>

#include "segment/detail/arguments.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// The type of `segment::null`.
struct Null {
  explicit constexpr Null(int /*not an aggregate, so that {} never means null*/) noexcept {}
  bool operator==(const Null&) const = default;
};

/// JSON's null: `{.name = segment::null}` clears a member, while leaving it out does not change it.
inline constexpr Null null{0};

/// A member with three states that the API distinguishes: absent (nothing is sent or changed), null
/// (cleared), or a value.
///
/// Copying: as std::optional. Cost: one flag more than std::optional. Thread safety: as T.
template <class T>
class Nullable {
 public:
  using value_type = T;

  /// Absent.
  constexpr Nullable() noexcept = default;
  constexpr Nullable(Null /*null*/) noexcept : null_(true) {}
  constexpr Nullable(T value) requires(!std::is_arithmetic_v<T>) : value_(std::move(value)) {}
  Nullable(std::nullptr_t) requires(!detail::Fits<std::nullptr_t, T>) = delete;

  /// From a value that converts to T: a bool only from a bool, a number only from a number.
  template <class U>
  requires(detail::Fits<U&&, T> && !std::same_as<std::remove_cvref_t<U>, Nullable> &&
           !std::same_as<std::remove_cvref_t<U>, Null> &&
           (std::is_arithmetic_v<T> ||
            !std::same_as<std::remove_cvref_t<U>, T>)) constexpr Nullable(U&& value)
      : value_(std::forward<U>(value)) {}

  [[nodiscard]] constexpr bool is_absent() const noexcept { return !null_ && !value_; }
  [[nodiscard]] constexpr bool is_null() const noexcept { return null_; }
  [[nodiscard]] constexpr bool has_value() const noexcept { return value_.has_value(); }
  constexpr explicit operator bool() const noexcept { return value_.has_value(); }

  /// The value; std::bad_optional_access if there is none.
  [[nodiscard]] constexpr const T& value() const& { return value_.value(); }
  [[nodiscard]] constexpr T& value() & { return value_.value(); }
  [[nodiscard]] constexpr T&& value() && { return std::move(value_).value(); }

  /// The value; undefined if there is none.
  constexpr const T& operator*() const& noexcept { return *value_; }
  constexpr T& operator*() & noexcept { return *value_; }
  constexpr const T* operator->() const noexcept { return &*value_; }
  constexpr T* operator->() noexcept { return &*value_; }

  template <class U>
  [[nodiscard]] constexpr T value_or(U&& other) const {
    return value_.value_or(std::forward<U>(other));
  }

  /// Stores a value and returns a reference to it.
  template <class... Arguments>
  constexpr T& emplace(Arguments&&... arguments) {
    null_ = false;
    return value_.emplace(std::forward<Arguments>(arguments)...);
  }

  /// Makes it absent.
  constexpr void reset() noexcept {
    null_ = false;
    value_.reset();
  }

  bool operator==(const Nullable&) const = default;

 private:
  std::optional<T> value_{};
  bool null_ = false;
};

}  // namespace segment::inline SEGMENT_ABI
